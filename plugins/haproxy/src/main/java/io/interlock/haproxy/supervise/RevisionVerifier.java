package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.runtime.HaproxyWorker;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.haproxy.runtime.MasterStatus;
import io.interlock.haproxy.runtime.RuntimeApi;
import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * Waits until HAProxy proves that it serves a revision: the worker that answers has the revision, and every other
 * worker has closed its listeners.
 */
final class RevisionVerifier {

    private final RuntimeApi api;
    private final MasterSocket master;
    private final boolean here;
    private final LongPredicate hangs;
    private final OldWorkerLimiter limiter = new OldWorkerLimiter();

    /**
     * @param here whether the processes of HAProxy are visible from here and can get signals
     * @param hangs whether a process is already known to hang
     */
    RevisionVerifier(RuntimeApi api, MasterSocket master, boolean here, LongPredicate hangs) {
        this.api = api;
        this.master = master;
        this.here = here;
        this.hangs = hangs;
    }

    /** Progress of a start or a reload according to the master's status. */
    enum Progress {
        /** The operation has not begun, or the master does not report it. */
        NOT_YET,
        BEGUN,
        FAILED
    }

    /**
     * @param reading determines the progress from a status
     * @param alive whether a proof is still possible
     * @return whether the revision was proven; false as soon as a proof is no longer possible
     */
    boolean await(String revision, BooleanSupplier alive, Function<MasterStatus, Progress> reading, Deadline deadline)
            throws InterruptedException {
        OldWorkerMonitor oldWorkers = new OldWorkerMonitor(master, here, hangs);
        boolean served = false;
        while (!deadline.isOver() && alive.getAsBoolean()) {
            served = served || serves(revision);
            Optional<MasterStatus> status = status();
            Progress progress = status.map(reading).orElse(Progress.NOT_YET);
            if (progress == Progress.FAILED) {
                return false;
            }
            if (progress == Progress.BEGUN && served && oldWorkers.areLeaving(status.orElseThrow())) {
                if (here) {
                    limiter.limit(status.orElseThrow().oldWorkers());
                }
                return true;
            }
            Deadline.pause();
        }
        return false;
    }

    /**
     * The process that serves a proven revision.
     *
     * @throws HaproxyException if no process serves it any longer
     */
    HaproxyWorker worker(String revision) throws HaproxyException, InterruptedException {
        try {
            HaproxyWorker worker = api.worker();
            if (worker.serves(revision)) {
                return worker;
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy does not answer: " + ErrorMessages.reason(e), e);
        }
        throw new HaproxyException("HAProxy has loaded something else meanwhile");
    }

    private boolean serves(String revision) throws InterruptedException {
        try {
            return api.revision().equals(Optional.of(revision));
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<MasterStatus> status() throws InterruptedException {
        try {
            return Optional.of(master.status());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
