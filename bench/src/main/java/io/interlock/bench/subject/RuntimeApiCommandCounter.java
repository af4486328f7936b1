package io.interlock.bench.subject;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts commands: takes the place of HAProxy's admin socket and passes all data on. HAProxy listens on its own socket
 * at the moved place, also after reloads.
 */
public final class RuntimeApiCommandCounter implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final Path original;
    private final Path moved;
    private final ServerSocketChannel listener;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong commands = new AtomicLong();

    private RuntimeApiCommandCounter(Path original, Path moved, ServerSocketChannel listener) {
        this.original = original;
        this.moved = moved;
        this.listener = listener;
    }

    /** Places a counter in front of this socket. */
    public static RuntimeApiCommandCounter on(Path socket) throws IOException {
        Path moved = socket.resolveSibling("a");
        Files.move(socket, moved);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        RuntimeApiCommandCounter tap = new RuntimeApiCommandCounter(socket, moved, listener);
        Thread.ofVirtual().name("tap").start(tap::acceptAll);
        return tap;
    }

    /** The number of commands so far; one line may hold several. */
    public long commands() {
        return commands.get();
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The counter was closed.
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                SocketChannel haproxy = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            haproxy.connect(UnixDomainSocketAddress.of(moved));
            Thread answers = Thread.ofVirtual().start(() -> pumpAnswers(haproxy, client));
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (client.read(buffer) >= 0) {
                count(buffer.flip());
                write(buffer, haproxy);
            }
            haproxy.shutdownOutput();
            answers.join();
        } catch (IOException gone) {
            // One of the connections is closed, and the other is closed with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void count(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) == ';' || bytes.get(i) == '\n') {
                commands.incrementAndGet();
            }
        }
    }

    private static void pumpAnswers(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                write(buffer, to);
            }
        } catch (IOException gone) {
            // One of the connections is closed, and the other is closed with it.
        }
    }

    private static void write(ByteBuffer buffer, SocketChannel to) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
        buffer.clear();
    }

    /** Restores the place of HAProxy's socket. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel client : open) {
            client.close();
        }
        Files.deleteIfExists(original);
        Files.move(moved, original);
    }
}
