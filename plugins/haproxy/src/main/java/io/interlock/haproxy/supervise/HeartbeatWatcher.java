package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.ProcessSignals;
import io.interlock.haproxy.process.ProcessState;
import io.interlock.haproxy.runtime.HaproxyWorker;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.haproxy.runtime.MasterStatus;
import io.interlock.haproxy.runtime.RuntimeApi;
import io.interlock.util.ErrorMessages;
import io.interlock.util.ExponentialBackoff;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watcher that queries master and worker twice a second, on its own thread. It continues a stopped process. For
 * everything else it requests an apply, with growing pauses while the trouble lasts.
 */
final class HeartbeatWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** Together with pause and patience about five seconds; a process that hangs is killed. */
    private static final int MOST_UNANSWERED = 5;

    private static final int MOST_UNANSWERED_ELSEWHERE = 2;

    private static final FileTime NEVER = FileTime.fromMillis(0);

    private static final Duration FIRST_REQUEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_REQUEST_PAUSE = Duration.ofSeconds(30);

    private final RuntimeApi api;
    private final MasterSocket master;
    private final boolean here;
    private final Runnable requestApply;
    private final ScheduledThreadPoolExecutor executor;

    private final Set<Long> hanging = ConcurrentHashMap.newKeySet();
    private volatile boolean missed;
    /** Process id of the worker that the last operation proved; 0 if it is not known. */
    private volatile long proven;

    private volatile BooleanSupplier alive = () -> true;
    private volatile long masterPid;
    /** Odd while an operation is in progress. */
    private final AtomicInteger operations = new AtomicInteger();

    // The following fields are confined to the thread.
    private final HangDetector masterSilence;
    private final HangDetector workerSilence;
    private int knownSince = -1;
    private long workerPid;
    private FileTime masterSince = NEVER;
    private long listedPid;
    private boolean troubled;
    private int requests;
    private long nextRequest;

    /**
     * @param here whether the processes of HAProxy are visible from here and can get signals
     * @param requestApply called on another thread
     */
    HeartbeatWatcher(RuntimeApi api, MasterSocket master, boolean here, Runnable requestApply) {
        this.api = api;
        this.master = master;
        this.here = here;
        this.requestApply = requestApply;
        this.masterSilence = new HangDetector(here ? MOST_UNANSWERED : MOST_UNANSWERED_ELSEWHERE);
        this.workerSilence = new HangDetector(here ? MOST_UNANSWERED : MOST_UNANSWERED_ELSEWHERE);
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("haproxy-heartbeat").factory());
    }

    void start() {
        Future<?> unused =
                executor.scheduleWithFixedDelay(this::beat, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sets the master. Once it has ended, nothing is reported. */
    void follow(ProcessHandle master) {
        masterPid = master.pid();
        alive = master::isAlive;
    }

    /** Records that HAProxy is not running. As soon as it runs, an apply is requested. */
    void miss() {
        missed = true;
    }

    /** Records that HAProxy is about to be started or reloaded. Its state is not evaluated meanwhile. */
    void operationBegins() {
        proven = 0;
        operations.incrementAndGet();
    }

    /** Sets the process that serves from now on. */
    void proven(HaproxyWorker worker) {
        proven = worker.pid();
    }

    void operationEnds() {
        operations.incrementAndGet();
    }

    /** Whether the process hangs: it has neither answered nor worked for long. */
    boolean hangs(long pid) {
        return hanging.contains(pid);
    }

    /** Whether there are processes that hang and have not ended since. */
    boolean anyHangs() {
        hanging.removeIf(
                pid -> ProcessState.of(pid).filter(state -> !state.isZombie()).isEmpty());
        return !hanging.isEmpty();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void beat() {
        try {
            int operation = operations.get();
            if (operation != knownSince) {
                knownSince = operation;
                workerPid = proven;
                masterSince = NEVER;
            }
            List<String> troubles = new ArrayList<>();
            lookAtMaster().ifPresent(troubles::add);
            lookAtWorker().ifPresent(troubles::add);
            if (operation % 2 == 0 && operations.get() == operation && alive.getAsBoolean()) {
                report(troubles);
            }
        } catch (RuntimeException e) {
            log.error("HAProxy could not be looked at", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> lookAtMaster() throws InterruptedException {
        try {
            MasterStatus status = master.status(PATIENCE);
            masterPid = status.masterPid();
            status.workers().forEach(pid -> listedPid = pid);
            masterSilence.recordAnswer();
            FileTime since = master.creationTime();
            boolean other = !masterSince.equals(NEVER) && !masterSince.equals(since);
            masterSince = since;
            return other ? Optional.of("HAProxy was started or reloaded by somebody else") : Optional.empty();
        } catch (SocketTimeoutException e) {
            return silent("master", masterPid, masterSilence);
        } catch (IOException e) {
            return unheard("master", masterPid, e);
        }
    }

    private Optional<String> lookAtWorker() throws InterruptedException {
        try {
            long pid = api.worker(PATIENCE).pid();
            workerSilence.recordAnswer();
            boolean other = workerPid != 0 && pid != workerPid;
            workerPid = pid;
            return other ? Optional.of("another process of HAProxy serves than before") : Optional.empty();
        } catch (SocketTimeoutException e) {
            return silent("worker", servingPid(), workerSilence);
        } catch (IOException e) {
            return unheard("worker", servingPid(), e);
        }
    }

    private long servingPid() {
        return workerPid == 0 ? listedPid : workerPid;
    }

    /**
     * Handles a process that cannot be connected to. A process that was stopped before it had its socket is continued,
     * because otherwise it would never answer.
     */
    private Optional<String> unheard(String who, long pid, IOException why) throws InterruptedException {
        if (here && ProcessState.of(pid).filter(ProcessState::isStopped).isPresent()) {
            ProcessSignals.resume(who, pid);
            return Optional.empty();
        }
        return Optional.of("HAProxy's " + who + " cannot be asked: " + ErrorMessages.reason(why));
    }

    private Optional<String> silent(String who, long pid, HangDetector silence) throws InterruptedException {
        // On another machine or in another container, the process id has no meaning here.
        Optional<ProcessState> state = here ? ProcessState.of(pid) : Optional.of(new ProcessState('S', 0));
        if (state.isEmpty()) {
            return Optional.empty();
        }
        if (state.get().isStopped()) {
            ProcessSignals.resume(who, pid);
            return Optional.empty();
        }
        if (!silence.recordTimeout(state.get())) {
            return Optional.empty();
        }
        if (here) {
            hanging.add(pid);
        }
        return Optional.of("HAProxy's " + who + " (process " + pid + ") does not answer");
    }

    private void report(List<String> troubles) {
        if (troubles.isEmpty()) {
            if (troubled || missed) {
                missed = false;
                log.info("HAProxy answers");
                requestApply.run();
            }
            troubled = false;
            requests = 0;
            return;
        }
        if (!troubled) {
            log.warn("{}", String.join("; ", troubles));
        } else if (System.nanoTime() - nextRequest < 0) {
            return;
        }
        troubled = true;
        nextRequest = System.nanoTime()
                + ExponentialBackoff.pause(FIRST_REQUEST_PAUSE, LONGEST_REQUEST_PAUSE, requests++)
                        .toNanos();
        requestApply.run();
    }
}
