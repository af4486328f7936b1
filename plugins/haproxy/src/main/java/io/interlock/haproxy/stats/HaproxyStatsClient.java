package io.interlock.haproxy.stats;

import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.haproxy.runtime.MasterStatus;
import io.interlock.haproxy.runtime.UnixSocketClient;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Asks HAProxy what it counts. Changes nothing; safe for all threads, whatever else is going on. */
public final class HaproxyStatsClient {

    /** Thousands of backends take a while to write down. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final UnixSocketClient admin;
    private final MasterSocket master;

    public HaproxyStatsClient(HaproxyPaths layout) {
        this.admin = new UnixSocketClient(layout.adminSocket());
        this.master = new MasterSocket(layout.masterSocket());
    }

    /** Numbers of processes: those that serve, and those that were replaced and finish what they have. */
    public record WorkerCounts(int present, int old) {}

    /**
     * What the worker that serves says of itself.
     *
     * @throws IOException if none answers
     */
    public String process() throws IOException, InterruptedException {
        return ask("show info");
    }

    /**
     * What it counted.
     *
     * @throws IOException if none answers
     */
    public String counts() throws IOException, InterruptedException {
        return ask("show stat");
    }

    private String ask(String command) throws IOException, InterruptedException {
        return admin.ask(command, Deadline.in(TIMEOUT));
    }

    /** How many processes there are; empty if the master does not say, as while it reloads. */
    public Optional<WorkerCounts> workers() throws InterruptedException {
        try {
            MasterStatus status = master.status();
            return Optional.of(new WorkerCounts(
                    status.workers().size(), status.oldWorkers().size()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
