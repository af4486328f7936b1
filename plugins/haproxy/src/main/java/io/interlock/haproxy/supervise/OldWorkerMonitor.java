package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.ProcessSignals;
import io.interlock.haproxy.process.ProcessState;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.haproxy.runtime.MasterStatus;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitor of the workers that a reload has replaced, which must close their listeners. It continues a stopped worker,
 * and kills a worker that hangs, if the worker runs here. Confined to one thread.
 */
final class OldWorkerMonitor {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    /** Each attempt takes two seconds. */
    private static final int MOST_UNANSWERED = 3;

    private final MasterSocket master;
    private final boolean here;
    private final LongPredicate hangs;
    private final Map<Long, HangDetector> silences = new HashMap<>();

    /**
     * @param here whether the processes of HAProxy are visible from here and can get signals
     * @param hangs whether a process is already known to hang
     */
    OldWorkerMonitor(MasterSocket master, boolean here, LongPredicate hangs) {
        this.master = master;
        this.here = here;
        this.hangs = hangs;
    }

    /** Whether all replaced workers have closed their listeners. */
    boolean areLeaving(MasterStatus status) throws InterruptedException {
        silences.keySet().retainAll(status.oldWorkers());
        for (long worker : status.oldWorkers()) {
            if (!isLeaving(worker)) {
                return false;
            }
        }
        return true;
    }

    private boolean isLeaving(long worker) throws InterruptedException {
        if (hangs.test(worker)) {
            end(worker);
            return false;
        }
        try {
            return master.hasClosedListeners(worker);
        } catch (SocketTimeoutException e) {
            return here && isEndedBecauseSilent(worker);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isEndedBecauseSilent(long worker) throws InterruptedException {
        Optional<ProcessState> state = ProcessState.of(worker);
        if (state.filter(ProcessState::isStopped).isPresent()) {
            ProcessSignals.resume("old worker", worker);
        } else if (state.isPresent()
                && silences.computeIfAbsent(worker, pid -> new HangDetector(MOST_UNANSWERED))
                        .recordTimeout(state.get())) {
            end(worker);
        }
        // The next attempt shows the result.
        return false;
    }

    private static void end(long worker) {
        ProcessHandle.of(worker)
                .filter(ProcessHandle::destroyForcibly)
                .ifPresent(killed ->
                        log.warn("HAProxy's worker (process {}) hung, has been replaced, and was killed", worker));
    }
}
