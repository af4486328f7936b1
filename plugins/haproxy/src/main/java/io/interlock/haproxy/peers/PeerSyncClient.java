package io.interlock.haproxy.peers;

import io.interlock.util.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a new HAProxy, as one of its peers, that there are no counters of clients to wait for. HAProxy before 3.0 waits
 * for ten seconds otherwise, and hands no counters to the next worker until then.
 */
public final class PeerSyncClient {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private static final String ACCEPTED = "200\n";
    /** Control message "resynchronisation request". */
    private static final String REQUEST = "\0\0";
    /** Control message "resynchronisation finished". */
    private static final byte[] FINISHED = {0, 1};

    private final Path path;
    private final String greeting;

    /**
     * @param path HAProxy's socket for peers
     * @param remote HAProxy's name
     * @param local the name of this peer
     */
    public PeerSyncClient(Path path, String remote, String local) {
        this.path = path;
        this.greeting = "HAProxyS 2.1\n" + remote + "\n" + local + " "
                + ProcessHandle.current().pid() + " 1\n";
    }

    /**
     * Answers the question for counters that HAProxy asks after its start; without the question nothing happens.
     *
     * @param timeout the maximum time until the question
     */
    public void answer(Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                Selector selector = Selector.open()) {
            channel.write(ByteBuffer.wrap(greeting.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            await(ACCEPTED + REQUEST, channel, selector, deadline);
            channel.write(ByteBuffer.wrap(FINISHED));
            // The answer shows that HAProxy has read the message.
            await("", channel, selector, deadline);
        } catch (SocketTimeoutException e) {
            log.debug("HAProxy at {} waits for no counters", path);
        } catch (IOException e) {
            log.debug("HAProxy at {} cannot be told that it need not wait for counters: {}", path, e.toString());
        }
    }

    private static void await(String expected, SocketChannel channel, Selector selector, Deadline deadline)
            throws IOException, InterruptedException {
        ByteBuffer answer = ByteBuffer.allocate(Math.max(1, expected.length()));
        while (answer.hasRemaining()) {
            selector.select(Math.max(1, deadline.left().toMillis()));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (deadline.isOver()) {
                throw new SocketTimeoutException();
            }
            selector.selectedKeys().clear();
            if (channel.read(answer) < 0) {
                throw new IOException("HAProxy refuses this peer");
            }
        }
        if (!expected.isEmpty() && !new String(answer.array(), StandardCharsets.US_ASCII).equals(expected)) {
            throw new IOException("HAProxy asks for no counters");
        }
    }
}
