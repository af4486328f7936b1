package io.interlock.haproxy.accesslog;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Connection to the Runtime API of one worker that stays open. It reads lines, each from one thread; {@link #close}
 * ends a read from any thread.
 */
final class RingConnection implements AutoCloseable {

    private static final int CHUNK = 1 << 16;

    /** Longer than any line of HAProxy. */
    private static final int MAX_LINE = 1 << 16;

    private final SocketChannel channel;
    private final BufferedInputStream in;

    RingConnection(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        in = new BufferedInputStream(Channels.newInputStream(channel), CHUNK);
    }

    void send(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The next line without its end; empty at the end of the connection. */
    Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return Optional.of(line.toString(StandardCharsets.ISO_8859_1));
            }
            if (line.size() < MAX_LINE) {
                line.write(next);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is lost with it.
            return;
        }
    }
}
