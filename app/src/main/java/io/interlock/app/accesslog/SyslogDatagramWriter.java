package io.interlock.app.accesslog;

import io.interlock.app.config.accesslog.AccessLogTarget.SyslogServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writer of one datagram for each line to a syslog server. Confined to one thread. */
final class SyslogDatagramWriter implements LineWriter {

    /** The largest datagram, without the headers of IPv6. */
    private static final int LONGEST = 65_000;

    private final SyslogServer server;
    private final SyslogMessage messages = new SyslogMessage();
    private @Nullable DatagramChannel channel;

    SyslogDatagramWriter(SyslogServer server) {
        this.server = server;
    }

    @Override
    public void open() throws IOException {
        if (channel != null) {
            return;
        }
        DatagramChannel opened = DatagramChannel.open();
        try {
            opened.connect(new InetSocketAddress(InetAddress.getByName(server.host()), server.port()));
            channel = opened;
        } finally {
            if (channel == null) {
                opened.close();
            }
        }
    }

    @Override
    public int write(List<Line> lines) throws IOException {
        DatagramChannel to = channel;
        if (to == null) {
            throw new IOException("there is no socket");
        }
        int done = 0;
        try {
            for (Line line : lines) {
                byte[] message = messages.of(line);
                if (message.length <= LONGEST) {
                    to.write(ByteBuffer.wrap(message));
                    done++;
                }
            }
        } catch (IOException e) {
            // The name may have another address by the next attempt.
            close();
            throw e;
        }
        return done;
    }

    @Override
    public void close() {
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It holds nothing.
                return;
            }
        }
    }
}
