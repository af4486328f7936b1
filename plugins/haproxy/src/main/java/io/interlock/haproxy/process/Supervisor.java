package io.interlock.haproxy.process;

import io.interlock.haproxy.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one HAProxy of a load balancer: looks for it, starts it, reloads it, ends it. Confined to one thread.
 */
public final class Supervisor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration ADOPTION_TIMEOUT = Duration.ofSeconds(1);

    private final ProcessSettings settings;
    private final Runnable ended;
    private final MasterSocket masterSocket;
    private final RuntimeApi api;
    private final OurProcesses processes;
    private final ProcessLog processLog;
    private final ConfigStore files;
    private final Launcher launcher;
    private final Proof proof;
    private final Reloader reloader;
    private final Stopper stopper;
    private final RestartGuard guard;

    private @Nullable ProcessHandle process;
    private @Nullable Thread watch;
    private volatile boolean closing;
    private boolean lookedForOthers;
    private boolean portIsOurs;
    private long logEnd;

    /**
     * @param ended called on another thread when HAProxy has ended by itself
     */
    public Supervisor(ProcessSettings settings, Clock clock, Runnable ended) {
        this.settings = settings;
        this.ended = ended;
        this.masterSocket = new MasterSocket(settings.layout().masterSocket());
        this.api = new RuntimeApi(settings.layout().adminSocket());
        this.processes = new OurProcesses(settings.layout().masterSocket());
        this.processLog = new ProcessLog(settings.layout().log());
        this.files = new ConfigStore(
                settings.config(), new Validator(settings.binary().path(), settings.reloadTimeout()));
        this.launcher = new Launcher(settings, processLog);
        this.proof = new Proof(api, masterSocket);
        this.reloader = new Reloader(masterSocket, proof, processLog);
        this.stopper = new Stopper(masterSocket);
        this.guard = new RestartGuard(clock);
    }

    /** Whether HAProxy runs. The first look takes over one that an earlier controller left running. */
    public boolean runs() throws InterruptedException {
        if (!lookedForOthers) {
            adopt();
            lookedForOthers = true;
        }
        if (process != null && !process.isAlive()) {
            guard.ended();
            log.warn("HAProxy (process {}) has ended: {}", process.pid(), processLog.lastWords(logEnd));
            process = null;
        }
        return process != null;
    }

    /** The process that serves; empty if none says that it does. */
    public Optional<Worker> worker() throws InterruptedException {
        try {
            return Optional.of(api.worker());
        } catch (IOException e) {
            log.warn("HAProxy does not answer: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** How the process that serves is told of changes. */
    public RuntimeApi runtimeApi() {
        return api;
    }

    /**
     * Starts HAProxy, which must not be running.
     *
     * @return the process that serves this
     * @throws HaproxyException if it does not serve this in the end; nothing runs then
     */
    public Worker start(Rendered wanted) throws HaproxyException, InterruptedException {
        if (guard.pause().isPositive()) {
            throw new HaproxyException("HAProxy ended " + guard.soonEnded()
                    + " times soon after its start; the next start is at least "
                    + guard.pause().toMillis() + " ms away: " + processLog.lastWords(logEnd));
        }
        OurProcesses.end(processes.find());
        PortProbe.check(settings.addresses(), settings.port(), other -> false);
        files.write(wanted);
        ProcessHandle started = launch();
        boolean done = false;
        try {
            prove(started, wanted);
            done = true;
        } finally {
            if (!done) {
                OurProcesses.end(family(started));
            }
        }
        follow(started);
        portIsOurs = true;
        log.info("HAProxy {} runs as process {}", settings.binary().version(), started.pid());
        return proven(wanted);
    }

    /**
     * Makes the running HAProxy serve this.
     *
     * @return the process that serves this
     * @throws HaproxyException if it does not; it serves what it did, and the files are as before
     */
    public Worker reload(Rendered wanted) throws HaproxyException, InterruptedException {
        ProcessHandle running = process;
        if (running == null) {
            throw new IllegalStateException("HAProxy does not run");
        }
        if (!portIsOurs) {
            PortProbe.check(settings.addresses(), settings.port(), processes::isOurs);
        }
        ConfigStore.Previous previous = files.write(wanted);
        boolean done = false;
        try {
            reloader.reload(running, wanted.revision(), Deadline.in(settings.reloadTimeout()));
            portIsOurs = true;
            done = true;
        } finally {
            if (!done) {
                files.restore(previous);
            }
        }
        return proven(wanted);
    }

    /**
     * Makes the files say this if HAProxy finds it valid, for the next start. May be called on another thread than the
     * other methods, not while one of them runs that writes files.
     *
     * @throws HaproxyException if HAProxy refuses it or the files cannot be written; the files are then as before
     */
    public void writeFiles(Rendered wanted) throws HaproxyException, InterruptedException {
        files.writeIfDifferent(wanted);
    }

    /**
     * Makes the files say what HAProxy serves already, should somebody have changed them.
     *
     * @throws HaproxyException if they cannot be written
     */
    public void repairFiles(Rendered served) throws HaproxyException {
        files.repair(served);
    }

    /** Leaves HAProxy running, and looks after it no more. */
    public void handOver() {
        closing = true;
        if (watch != null) {
            watch.interrupt();
        }
        process = null;
    }

    /** Ends HAProxy and removes its pid file and sockets. */
    @Override
    public void close() {
        closing = true;
        if (!lookedForOthers) {
            return;
        }
        try {
            if (process != null && process.isAlive()) {
                stopper.stop(process, settings.stopTimeout());
            }
            OurProcesses.end(processes.find());
        } catch (InterruptedException e) {
            processes.find().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        process = null;
        Stream.of(
                        settings.pidFile(),
                        settings.layout().adminSocket(),
                        settings.layout().masterSocket())
                .forEach(Supervisor::delete);
    }

    private ProcessHandle launch() throws HaproxyException {
        try {
            logEnd = processLog.end();
            guard.started();
            return launcher.start();
        } catch (IOException e) {
            throw new HaproxyException("HAProxy cannot be started: " + e.getMessage(), e);
        }
    }

    private void prove(ProcessHandle started, Rendered wanted) throws HaproxyException, InterruptedException {
        Deadline deadline = Deadline.in(settings.reloadTimeout());
        if (!proof.await(wanted.revision(), started, status -> false, deadline)) {
            throw new HaproxyException("HAProxy does not start" + (deadline.isOver() ? " in time: " : ": ")
                    + processLog.lastWords(logEnd));
        }
    }

    private Worker proven(Rendered wanted) throws HaproxyException, InterruptedException {
        return worker().filter(worker -> worker.revision().equals(Optional.of(wanted.revision())))
                .orElseThrow(() -> new HaproxyException("HAProxy has loaded something else meanwhile"));
    }

    private void follow(ProcessHandle master) {
        process = master;
        watch = MasterWatch.start(master, processLog, () -> {
            if (!closing) {
                ended.run();
            }
        });
    }

    private static List<ProcessHandle> family(ProcessHandle started) {
        return Stream.concat(Stream.of(started), started.descendants()).toList();
    }

    private void adopt() throws InterruptedException {
        List<ProcessHandle> ours = processes.find();
        if (ours.isEmpty()) {
            return;
        }
        Optional<ProcessHandle> master = findMaster();
        if (master.isEmpty()) {
            log.warn("{} processes of an HAProxy without master are ended", ours.size());
            OurProcesses.end(ours);
        } else if (launcher.started(master.get())) {
            log.info(
                    "HAProxy (process {}) runs already and is taken over",
                    master.get().pid());
            guard.started();
            follow(master.get());
        } else {
            log.info(
                    "HAProxy (process {}) runs with other settings and is replaced",
                    master.get().pid());
            stopper.stop(master.get(), settings.stopTimeout());
        }
    }

    private Optional<ProcessHandle> findMaster() throws InterruptedException {
        Deadline deadline = Deadline.in(ADOPTION_TIMEOUT);
        do {
            try {
                return ProcessHandle.of(masterSocket.status().masterPid()).filter(processes::isOurs);
            } catch (IOException e) {
                Deadline.pause();
            }
        } while (!deadline.isOver());
        return Optional.empty();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} cannot be removed", file, e);
        }
    }
}
