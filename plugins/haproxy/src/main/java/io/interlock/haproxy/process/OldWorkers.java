package io.interlock.haproxy.process;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers that a reload has replaced: they must close their listeners. One that was stopped is continued, one that
 * hangs is killed, if it runs here. Confined to one thread.
 */
final class OldWorkers {

    private static final Logger log = LoggerFactory.getLogger(OldWorkers.class);

    /** Each takes two seconds. */
    private static final int MOST_UNANSWERED = 3;

    private final MasterSocket master;
    private final boolean here;
    private final Map<Long, Silence> silences = new HashMap<>();

    /**
     * @param here whether its processes can be seen and signalled from here
     */
    OldWorkers(MasterSocket master, boolean here) {
        this.master = master;
        this.here = here;
    }

    /** Whether all of them accept nothing more. */
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
            resume(worker);
        } else if (state.isPresent()
                && silences.computeIfAbsent(worker, pid -> new Silence(MOST_UNANSWERED))
                        .unanswered(state.get())) {
            log.warn("HAProxy's old worker (process {}) hangs, has been replaced, and is killed", worker);
            ProcessHandle.of(worker).ifPresent(ProcessHandle::destroyForcibly);
        }
        // Whatever became of it, the next look tells.
        return false;
    }

    private static void resume(long worker) throws InterruptedException {
        log.warn("HAProxy's old worker (process {}) was stopped with a signal, and is continued", worker);
        try {
            Signals.resume(worker);
        } catch (IOException e) {
            log.error("HAProxy's old worker (process {}) cannot be continued", worker, e);
        }
    }
}
