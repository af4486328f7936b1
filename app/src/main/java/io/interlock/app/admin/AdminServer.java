package io.interlock.app.admin;

import io.interlock.app.status.InterlockEventLog;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the control socket. Each connection has a virtual thread; connections beyond a limit wait. */
public final class AdminServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("admin");
    private static final int AT_ONCE = 16;

    private final Path path;
    private final ServerSocketChannel channel;
    private final AdminCommands questions;
    private final InterlockEventLog events;
    private final RequestLogStream requests;
    private final Semaphore slots = new Semaphore(AT_ONCE);

    private AdminServer(
            Path path,
            ServerSocketChannel channel,
            AdminCommands questions,
            InterlockEventLog events,
            RequestLogStream requests) {
        this.path = path;
        this.channel = channel;
        this.questions = questions;
        this.events = events;
        this.requests = requests;
    }

    /**
     * Starts to listen. A failure is only logged: serving does not depend on the socket.
     *
     * @param dataDirectory the data folder of this Interlock, which no other process uses at the same time
     */
    public static Optional<AdminServer> start(Path dataDirectory, AdminService adminService) {
        Path path = AdminSocketPath.of(dataDirectory);
        try {
            AdminServer server = new AdminServer(
                    path,
                    bind(dataDirectory, path),
                    new AdminCommands(adminService, true),
                    adminService.events(),
                    new RequestLogStream(adminService.accessLog()));
            Thread.ofVirtual().name("admin").start(server::run);
            return Optional.of(server);
        } catch (IOException e) {
            log.warn(
                    "the control socket cannot be created, commands such as interlock status do not work: {}",
                    ErrorMessages.reason(e));
            return Optional.empty();
        }
    }

    /** Binds in a folder that no other user can enter, so that the socket is private from the first moment. */
    private static ServerSocketChannel bind(Path folder, Path path) throws IOException {
        Path hidden = Files.createTempDirectory(
                folder, "c", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path first = hidden.resolve("s");
        try {
            if (!AdminSocketPath.isShortEnough(path) || !AdminSocketPath.isShortEnough(first)) {
                throw new IOException("the path of data_dir is too long for a socket in it");
            }
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(first));
            Files.setPosixFilePermissions(first, PosixFilePermissions.fromString("rw-------"));
            Files.move(first, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return channel;
        } finally {
            Files.deleteIfExists(first);
            Files.deleteIfExists(hidden);
        }
    }

    private void run() {
        try {
            while (true) {
                slots.acquire();
                SocketChannel client = channel.accept();
                Thread.ofVirtual().name("admin-client").start(() -> serve(client));
            }
        } catch (ClosedChannelException end) {
            log.debug("the control socket is closed");
        } catch (IOException e) {
            log.error("the control socket no longer works: {}", ErrorMessages.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            new AdminConnection(client, questions, events, requests).serve();
        } catch (IOException e) {
            log.debug("a client of the control socket is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("a request on the control socket failed", e);
        } finally {
            slots.release();
        }
    }

    /** Stops listening, and removes the socket. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("the control socket cannot be removed: {}", ErrorMessages.reason(e));
        }
    }
}
