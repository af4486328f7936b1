package io.interlock.haproxy.supervise;

import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.files.ConfigStore;
import io.interlock.haproxy.process.ConfigValidator;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.process.HaproxyProcesses;
import io.interlock.haproxy.process.PortProbe;
import io.interlock.haproxy.process.ProcessLog;
import io.interlock.haproxy.process.StartupAdvice;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.runtime.HaproxyWorker;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.haproxy.runtime.RuntimeApi;
import io.interlock.haproxy.runtime.ServerStateFile;
import io.interlock.util.AtomicFile;
import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import io.interlock.util.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HAProxy that Interlock itself finds, starts, watches, reloads and ends. */
public final class ManagedHaproxy implements HaproxyInstance {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private final ManagedHaproxySettings settings;
    private final Runnable requestApply;
    private final MasterSocket masterSocket;
    private final RuntimeApi api;
    private final HaproxyProcesses processes;
    private final ProcessLog processLog;
    private final ConfigStore files;
    private final AtomicFile states;
    private final RuntimeSocketPath adminSocket;
    private final HeartbeatWatcher heartbeat;
    private final MasterLauncher launcher;
    private final RevisionVerifier proof;
    private final MasterReloader reloader;
    private final MasterStopper stopper;
    private final MasterTakeover predecessors;
    private final RestartBackoff guard;

    private @Nullable ProcessHandle process;
    private @Nullable Thread watch;
    private volatile boolean closing;
    private boolean lookedForOthers;
    private boolean portIsOurs;
    private long logEnd;

    /**
     * @param requestApply called on another thread when HAProxy has ended by itself, or is not in the expected state
     */
    public ManagedHaproxy(ManagedHaproxySettings settings, Runnable requestApply) {
        this.settings = settings;
        this.requestApply = requestApply;
        this.masterSocket = new MasterSocket(settings.layout().masterSocket());
        this.api = new RuntimeApi(settings.layout().adminSocket());
        this.processes = new HaproxyProcesses(settings.layout().masterSocket());
        this.processLog = new ProcessLog(settings.layout().log());
        this.files = new ConfigStore(
                settings.config(),
                settings.layout(),
                Optional.of(new ConfigValidator(settings.binary().path(), settings.reloadTimeout())),
                FileAccess.PRIVATE);
        this.states = new AtomicFile(settings.layout().serverStates());
        this.adminSocket = new RuntimeSocketPath(settings.layout().adminSocket());
        this.launcher = new MasterLauncher(settings, processLog);
        this.heartbeat = new HeartbeatWatcher(api, masterSocket, true, requestApply);
        this.proof = new RevisionVerifier(api, masterSocket, true, heartbeat::hangs);
        this.reloader =
                new MasterReloader(settings.layout(), masterSocket, api, proof, files, adminSocket, states, heartbeat);
        this.stopper = new MasterStopper(masterSocket);
        this.predecessors = new MasterTakeover(settings, processes, masterSocket, launcher, stopper);
        this.guard = new RestartBackoff(System::nanoTime);
    }

    @Override
    public boolean isLeftRunning() {
        return !processes.find().isEmpty();
    }

    /** Whether HAProxy runs. The first call takes over an HAProxy that an earlier controller left running. */
    @Override
    public boolean runs() throws InterruptedException {
        if (!lookedForOthers) {
            predecessors.takeOver().ifPresent(master -> {
                guard.started();
                follow(master);
            });
            lookedForOthers = true;
            heartbeat.start();
        }
        if (process != null && heartbeat.hangs(process.pid())) {
            log.warn(
                    "HAProxy's master (process {}) neither answers nor works: it is killed and started anew",
                    process.pid());
            List<ProcessHandle> family = family(process);
            family.forEach(ProcessHandle::destroyForcibly);
            HaproxyProcesses.end(family);
            guard.ended();
            process = null;
        }
        if (process != null && !process.isAlive()) {
            guard.ended();
            log.warn("HAProxy (process {}) has ended: {}", process.pid(), processLog.lastWords(logEnd));
            process = null;
        }
        return process != null;
    }

    @Override
    public Optional<String> damage() {
        if (heartbeat.anyHangs()) {
            return Optional.of("its worker hangs");
        }
        return Stream.of(settings.layout().masterSocket(), settings.layout().adminSocket())
                .filter(socket -> !Files.exists(socket))
                .map(socket -> socket + " is missing")
                .findFirst();
    }

    @Override
    public ConfigStore files() {
        return files;
    }

    @Override
    public RuntimeApi runtimeApi() {
        return api;
    }

    @Override
    public Optional<String> obstacleAt(int port) {
        try {
            PortProbe.check(settings.addresses(), List.of(port), processes::isOurs);
            return Optional.empty();
        } catch (HaproxyException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public HaproxyWorker start(RenderedConfig desired) throws HaproxyException, InterruptedException {
        if (guard.pause().isPositive()) {
            throw new HaproxyException("HAProxy ended " + guard.earlyExits()
                    + " times soon after its start; the next start is at least "
                    + guard.pause().toMillis() + " ms away: " + processLog.lastWords(logEnd));
        }
        heartbeat.operationBegins();
        try {
            HaproxyProcesses.end(processes.find());
            PortProbe.check(settings.addresses(), settings.ports(), other -> false);
            forgetStates();
            files.write(adminSocket.forStart(desired));
            ProcessHandle started = launch();
            heartbeat.follow(started);
            boolean done = false;
            try {
                prove(started, desired);
                done = true;
            } finally {
                if (!done) {
                    HaproxyProcesses.end(family(started));
                }
            }
            follow(started);
            portIsOurs = true;
            log.info("HAProxy {} runs as process {}", settings.binary().version(), started.pid());
            HaproxyWorker worker = proof.worker(desired.revision());
            heartbeat.proven(worker);
            return worker;
        } finally {
            heartbeat.operationEnds();
        }
    }

    @Override
    public HaproxyWorker reload(RenderedConfig desired, Map<String, String> moved, ReloadReason reason)
            throws HaproxyException, InterruptedException {
        ProcessHandle running = process;
        if (running == null) {
            throw new IllegalStateException("HAProxy does not run");
        }
        if (!portIsOurs) {
            PortProbe.check(settings.addresses(), settings.ports(), processes::isOurs);
        }
        long end = cutLog();
        HaproxyWorker worker = reloader.reload(new MasterReloader.Request(
                desired,
                moved,
                reason,
                Optional.of(running),
                settings.reloadTimeout(),
                () -> processLog.lastWords(end)));
        portIsOurs = true;
        return worker;
    }

    @Override
    public void handOver() {
        closing = true;
        heartbeat.close();
        if (watch != null) {
            watch.interrupt();
        }
        process = null;
    }

    /** Ends HAProxy and removes its pid file and sockets. */
    @Override
    public void close() {
        closing = true;
        heartbeat.close();
        if (!lookedForOthers) {
            return;
        }
        try {
            if (process != null && process.isAlive()) {
                stopper.stop(process, settings.stopTimeout());
            }
            HaproxyProcesses.end(processes.find());
        } catch (InterruptedException e) {
            processes.find().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        process = null;
        Stream.of(
                        settings.pidFile(),
                        settings.layout().adminSocket(),
                        settings.layout().masterSocket())
                .forEach(ManagedHaproxy::delete);
    }

    private long cutLog() throws HaproxyException {
        try {
            processLog.cut();
            return processLog.end();
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's log cannot be read: " + ErrorMessages.reason(e), e);
        }
    }

    private void forgetStates() throws HaproxyException {
        try {
            states.replace(Optional.of(ServerStateFile.NONE));
        } catch (IOException e) {
            throw new HaproxyException("HAProxy's files cannot be written: " + ErrorMessages.reason(e), e);
        }
    }

    private ProcessHandle launch() throws HaproxyException {
        try {
            logEnd = processLog.end();
            guard.started();
            return launcher.start();
        } catch (IOException e) {
            throw new HaproxyException("HAProxy cannot be started: " + ErrorMessages.reason(e), e);
        }
    }

    private void prove(ProcessHandle started, RenderedConfig desired) throws HaproxyException, InterruptedException {
        Deadline deadline = Deadline.in(settings.reloadTimeout());
        if (!proof.await(desired.revision(), started::isAlive, status -> RevisionVerifier.Progress.BEGUN, deadline)) {
            throw new HaproxyException("HAProxy does not start" + (deadline.isOver() ? " in time: " : ": ")
                    + StartupAdvice.withAdvice(processLog.lastWords(logEnd)));
        }
    }

    private void follow(ProcessHandle master) {
        process = master;
        heartbeat.follow(master);
        watch = MasterExitWatcher.start(master, processLog, () -> {
            if (!closing) {
                requestApply.run();
            }
        });
    }

    private static List<ProcessHandle> family(ProcessHandle started) {
        return Stream.concat(Stream.of(started), started.descendants()).toList();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} cannot be removed", file, e);
        }
    }
}
