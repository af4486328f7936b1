package io.interlock.haproxy.runtime;

import io.interlock.util.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Client that sends one command over a unix socket and reads the answer, each on its own connection. */
public final class UnixSocketClient {

    private static final int LONGEST_ANSWER = 1 << 26;
    private static final int CHUNK = 1 << 14;

    private final Path path;

    public UnixSocketClient(Path path) {
        this.path = path;
    }

    /**
     * Sends a line, closes the sending side, and reads until the other side closes too.
     *
     * @return the answer, cut after 64 megabytes
     * @throws SocketTimeoutException if there is no answer in time
     * @throws IOException if nothing listens on the socket
     */
    public String ask(String line, Deadline deadline) throws IOException, InterruptedException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            if (!channel.connect(UnixDomainSocketAddress.of(path))) {
                throw new SocketTimeoutException("too many are waiting for an answer from " + path);
            }
            ByteBuffer question = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            while (question.hasRemaining()) {
                await(selector, deadline);
                channel.write(question);
            }
            // HAProxy answers one line and closes the connection only when it reads the end of the input.
            channel.shutdownOutput();
            key.interestOps(SelectionKey.OP_READ);
            return read(channel, selector, deadline);
        }
    }

    private String read(SocketChannel channel, Selector selector, Deadline deadline)
            throws IOException, InterruptedException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (answer.size() < LONGEST_ANSWER) {
            await(selector, deadline);
            if (channel.read(chunk) < 0) {
                break;
            }
            answer.write(chunk.array(), 0, chunk.position());
            chunk.clear();
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private void await(Selector selector, Deadline deadline) throws IOException, InterruptedException {
        selector.select(Math.max(1, deadline.left().toMillis()));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (selector.selectedKeys().isEmpty() && deadline.isOver()) {
            throw new SocketTimeoutException("no answer in time from " + path);
        }
        selector.selectedKeys().clear();
    }
}
