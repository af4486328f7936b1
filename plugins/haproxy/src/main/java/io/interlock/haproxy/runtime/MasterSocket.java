package io.interlock.haproxy.runtime;

import io.interlock.util.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.regex.Pattern;

/** HAProxy's master: reloads, knows its workers, and passes commands on to any of them. */
public final class MasterSocket {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Pattern STOPPING = Pattern.compile("(?m)^Stopping: 1$");
    private static final Pattern CLIENT_STREAM = Pattern.compile("proto=(?:tcp|quic)");

    private final Path path;
    private final UnixSocketClient socket;

    public MasterSocket(Path path) {
        this.path = path;
        this.socket = new UnixSocketClient(path);
    }

    /**
     * @throws IOException if the master does not answer, which it does not while it reloads
     */
    public MasterStatus status() throws IOException, InterruptedException {
        return status(TIMEOUT);
    }

    /** As {@link #status()}, with another patience. */
    public MasterStatus status(Duration patience) throws IOException, InterruptedException {
        String answer = socket.ask("show proc", Deadline.in(patience));
        return MasterStatus.parse(answer).orElseThrow(() -> new IOException("HAProxy's master says nothing of itself"));
    }

    /** How many workers that were replaced there are; none if the master does not answer. */
    public int oldWorkers() throws InterruptedException {
        try {
            return status().oldWorkers().size();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * When the master made the socket: another time, another process, even if it has the same number, as in a container.
     *
     * @throws IOException if there is no socket
     */
    public FileTime creationTime() throws IOException {
        return Files.getLastModifiedTime(path);
    }

    /**
     * Tells the master to reload.
     *
     * @return what it answered: HAProxy 2.7 and newer when the reload is over, {@code Success=} and messages; before, at
     *     once and nothing
     * @throws IOException if the master took no command
     */
    public String reload(Deadline deadline) throws IOException, InterruptedException {
        return socket.ask("reload", deadline);
    }

    /**
     * Whether a worker has closed its listeners for good; true if it is gone.
     *
     * @throws IOException if the master does not answer
     */
    public boolean hasClosedListeners(long workerPid) throws IOException, InterruptedException {
        String info = tell(workerPid, "show info");
        return STOPPING.matcher(info).find() || !info.contains("Stopping:");
    }

    /**
     * Whether a worker is serving a client's request right now. An idle connection is none.
     *
     * @throws IOException if the master does not answer
     */
    public boolean isServing(long workerPid) throws IOException, InterruptedException {
        return CLIENT_STREAM.matcher(tell(workerPid, "show sess")).find();
    }

    private String tell(long workerPid, String command) throws IOException, InterruptedException {
        return socket.ask("@!" + workerPid + " " + command, Deadline.in(TIMEOUT));
    }
}
