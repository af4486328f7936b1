package io.interlock.haproxy.stats;

import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.haproxy.runtime.MasterStatus;
import io.interlock.haproxy.runtime.UnixSocketClient;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Client for HAProxy's counters. It changes nothing, and any thread may use it at any time. */
public final class HaproxyStatsClient {

    /** Thousands of backends take HAProxy a while to print. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final UnixSocketClient admin;
    private final MasterSocket master;

    public HaproxyStatsClient(HaproxyPaths layout) {
        this.admin = new UnixSocketClient(layout.adminSocket());
        this.master = new MasterSocket(layout.masterSocket());
    }

    /** Numbers of workers: those that serve, and the replaced ones, which finish their connections. */
    public record WorkerCounts(int present, int old) {}

    /**
     * The worker's information about itself.
     *
     * @throws IOException if no worker answers
     */
    public String process() throws IOException, InterruptedException {
        return ask("show info");
    }

    /**
     * The worker's counters.
     *
     * @throws IOException if no worker answers
     */
    public String counts() throws IOException, InterruptedException {
        return ask("show stat");
    }

    private String ask(String command) throws IOException, InterruptedException {
        return admin.ask(command, Deadline.in(TIMEOUT));
    }

    /** The numbers of workers; empty if the master does not report them, for example while it reloads. */
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
