package io.interlock.haproxy.process;

import java.io.IOException;
import java.util.Optional;

/**
 * Waits until HAProxy proves that it serves a revision: the worker that answers has it, and every other worker has closed
 * its listeners.
 */
final class Proof {

    private final RuntimeApi api;
    private final MasterSocket master;

    Proof(RuntimeApi api, MasterSocket master) {
        this.api = api;
        this.master = master;
    }

    /** Whether a reload failed, as far as the master knows. */
    interface FailureCheck {
        boolean hasFailed(MasterStatus status);
    }

    /**
     * @return whether it was proven; false as soon as it cannot be any more
     */
    boolean await(String revision, ProcessHandle process, FailureCheck failure, Deadline deadline)
            throws InterruptedException {
        boolean served = false;
        while (!deadline.isOver() && process.isAlive()) {
            served = served || serves(revision);
            Optional<MasterStatus> status = status();
            if (!served && status.filter(failure::hasFailed).isPresent()) {
                return false;
            }
            if (served && status.isPresent() && othersAreLeaving(status.get())) {
                return true;
            }
            Deadline.pause();
        }
        return false;
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

    private boolean othersAreLeaving(MasterStatus status) throws InterruptedException {
        try {
            for (long worker : status.oldWorkers()) {
                if (!master.hasClosedListeners(worker)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
