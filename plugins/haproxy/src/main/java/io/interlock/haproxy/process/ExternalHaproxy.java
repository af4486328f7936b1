package io.interlock.haproxy.process;

import io.interlock.haproxy.render.Rendered;
import io.interlock.util.AtomicFile;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HAProxy that somebody else starts and ends, in another container for instance: it is driven through its sockets and
 * the files beside them.
 */
public final class ExternalHaproxy implements HaproxyInstance {

    private static final Logger log = LoggerFactory.getLogger(ExternalHaproxy.class);

    private final ExternalSettings settings;
    private final MasterSocket masterSocket;
    private final RuntimeApi api;
    private final ConfigStore files;
    private final AtomicFile states;
    private final AdminSocket adminSocket;
    private final Reloader reloader;
    private final Heartbeat heartbeat;
    private boolean watched;

    /**
     * @param requestApply called on another thread when HAProxy has come, gone, or is not as it should be
     */
    public ExternalHaproxy(ExternalSettings settings, Runnable requestApply) {
        this.settings = settings;
        this.masterSocket = new MasterSocket(settings.layout().masterSocket());
        this.api = new RuntimeApi(settings.layout().adminSocket());
        this.files = new ConfigStore(settings.config(), settings.layout(), settings.validator(), settings.access());
        this.states = new AtomicFile(settings.layout().serverStates(), settings.access());
        this.adminSocket = new AdminSocket(settings.layout().adminSocket());
        this.reloader = new Reloader(masterSocket, new Proof(api, masterSocket, false, pid -> false));
        this.heartbeat = new Heartbeat(api, masterSocket, false, requestApply);
    }

    @Override
    public boolean runs() throws InterruptedException {
        if (!watched) {
            watched = true;
            heartbeat.start();
        }
        try {
            return !masterSocket.status().workers().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Without a master socket it does not count as running. */
    @Override
    public Optional<String> damage() {
        return adminSocket.exists()
                ? Optional.empty()
                : Optional.of(settings.layout().adminSocket() + " is missing");
    }

    @Override
    public Optional<Worker> worker() throws InterruptedException {
        try {
            return Optional.of(api.worker());
        } catch (IOException e) {
            log.warn("HAProxy does not answer: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public RuntimeApi runtimeApi() {
        return api;
    }

    /** It may be on another machine. */
    @Override
    public Optional<String> obstacleAt(int port) {
        return Optional.empty();
    }

    @Override
    public int oldWorkers() throws InterruptedException {
        return masterSocket.oldWorkers();
    }

    /** Writes what it will need, and leaves the rest to its owner. */
    @Override
    public Worker start(Rendered wanted) throws HaproxyException, InterruptedException {
        prepare();
        files.writeIfDifferent(adminSocket.forStart(wanted));
        heartbeat.miss();
        throw new HaproxyException("no HAProxy answers at " + settings.layout().masterSocket()
                + ", its files are ready: start it where it sees "
                + settings.layout().directory() + " at the same path, with: " + settings.command());
    }

    @Override
    public Worker reload(Rendered wanted, Map<String, String> moved) throws HaproxyException, InterruptedException {
        heartbeat.operationBegins();
        try {
            prepare();
            ConfigStore.Previous previous = files.write(adminSocket.forReload(wanted));
            boolean done = false;
            try {
                states.replace(Optional.of(ServerStates.of(api, wanted.wanted(), moved)));
                reloader.reload(
                        () -> true,
                        wanted.revision(),
                        Deadline.in(settings.reloadTimeout()),
                        () -> "HAProxy's own log says why");
                done = true;
            } finally {
                if (!done) {
                    files.restore(previous);
                }
            }
            Worker worker = worker().filter(now -> now.serves(wanted.revision()))
                    .orElseThrow(() -> new HaproxyException("HAProxy has loaded something else meanwhile"));
            heartbeat.proven(worker);
            return worker;
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's files cannot be written: " + e.getMessage(), e);
        } finally {
            prepare();
            heartbeat.operationEnds();
        }
    }

    @Override
    public void check(Rendered candidate) throws HaproxyException, InterruptedException {
        files.check(candidate);
    }

    @Override
    public void writeFiles(Rendered wanted) throws HaproxyException, InterruptedException {
        files.writeIfDifferent(wanted);
    }

    @Override
    public Path configFile() {
        return settings.config();
    }

    @Override
    public void handOver() {
        close();
    }

    /** Leaves it serving. */
    @Override
    public void close() {
        heartbeat.close();
    }

    private void prepare() throws HaproxyException {
        try {
            settings.makeFolder();
            states.replace(Optional.of(ServerStates.NONE));
        } catch (IOException e) {
            throw new HaproxyException(
                    "HAProxy's files cannot be written into "
                            + settings.layout().directory() + ": " + e,
                    e);
        }
    }
}
