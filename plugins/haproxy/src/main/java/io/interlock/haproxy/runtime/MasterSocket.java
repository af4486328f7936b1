package io.interlock.haproxy.runtime;

import io.interlock.util.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.regex.Pattern;

/** Client of HAProxy's master, which reloads, lists its workers, and forwards commands to each of them. */
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
     * @throws IOException if the master does not answer, for example while it reloads
     */
    public MasterStatus status() throws IOException, InterruptedException {
        return status(TIMEOUT);
    }

    /** Like {@link #status()}, with the given time limit. */
    public MasterStatus status(Duration patience) throws IOException, InterruptedException {
        String answer = socket.ask("show proc", Deadline.in(patience));
        return MasterStatus.parse(answer).orElseThrow(() -> new IOException("HAProxy's master says nothing of itself"));
    }

    /** Number of replaced workers; 0 if the master does not answer. */
    public int oldWorkers() throws InterruptedException {
        try {
            return status().oldWorkers().size();
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * Time at which the master created the socket. A different time means a different process, even with the same
     * process id, as happens in containers.
     *
     * @throws IOException if there is no socket
     */
    public FileTime creationTime() throws IOException {
        return Files.getLastModifiedTime(path);
    }

    /**
     * Requests a reload from the master.
     *
     * @return the answer: from HAProxy 2.7 and newer {@code Success=} and messages, after the reload; from older
     *     versions nothing, immediately
     * @throws IOException if the master did not accept the command
     */
    public String reload(Deadline deadline) throws IOException, InterruptedException {
        return socket.ask("reload", deadline);
    }

    /**
     * Whether a worker has closed its listeners permanently; true if the worker has ended.
     *
     * @throws IOException if the master does not answer
     */
    public boolean hasClosedListeners(long workerPid) throws IOException, InterruptedException {
        String info = tell(workerPid, "show info");
        return STOPPING.matcher(info).find() || !info.contains("Stopping:");
    }

    /**
     * Whether a worker currently serves a client's request. Idle connections do not count.
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
