package io.interlock.haproxy.process;

import io.interlock.haproxy.process.Proof.Progress;
import io.interlock.util.Deadline;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Has the master load the configuration file anew, and does not believe it until it is proven. */
final class Reloader {

    private static final String REFUSED = "Success=0";
    /** What comes before the messages of HAProxy 2.7 and newer. */
    private static final String MESSAGES = "--\n";

    private final MasterSocket master;
    private final Proof proof;

    Reloader(MasterSocket master, Proof proof) {
        this.master = master;
        this.proof = proof;
    }

    /** What HAProxy printed meanwhile, for people. */
    interface Printed {
        String text();
    }

    /**
     * Tells the master over its socket.
     *
     * @param alive whether the master is
     * @throws HaproxyException if HAProxy does not prove in time that it serves the revision
     */
    void reload(BooleanSupplier alive, String revision, Deadline deadline, Printed printed)
            throws HaproxyException, InterruptedException {
        try {
            MasterStatus before = status(alive, deadline);
            String answer = command(before, deadline);
            int messages = answer.indexOf(MESSAGES);
            if (answer.contains(REFUSED) || !proof.await(revision, alive, now -> progress(before, now), deadline)) {
                throw failure(
                        alive,
                        deadline,
                        messages < 0
                                ? printed
                                : () -> ProcessLog.lastWords(answer.substring(messages + MESSAGES.length())));
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy cannot be told to reload: " + e.getMessage(), e);
        }
    }

    /**
     * Tells the master, which has lost its socket, with a signal; it then makes a new one.
     *
     * @throws HaproxyException as {@link #reload}
     */
    void reloadBySignal(ProcessHandle process, String revision, Deadline deadline, Printed printed)
            throws HaproxyException, InterruptedException {
        try {
            Signals.reload(process.pid());
            // Only a master that was told has a socket again.
            if (!proof.await(revision, process::isAlive, now -> progress(now.failed(), true), deadline)) {
                throw failure(process::isAlive, deadline, printed);
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy cannot be told to reload: " + e.getMessage(), e);
        }
    }

    private static HaproxyException failure(BooleanSupplier alive, Deadline deadline, Printed printed) {
        String what = alive.getAsBoolean() ? "HAProxy did not take the new configuration" : "HAProxy ended";
        return new HaproxyException(what + (deadline.isOver() ? " in time: " : ": ") + Advice.added(printed.text()));
    }

    private static Progress progress(MasterStatus before, MasterStatus now) {
        return progress(now.failed(), now.reloads() > before.reloads());
    }

    private static Progress progress(int failed, boolean begun) {
        return !begun ? Progress.NOT_YET : failed > 0 ? Progress.FAILED : Progress.BEGUN;
    }

    /** The master takes no connection while an earlier reload is under way. */
    private MasterStatus status(BooleanSupplier alive, Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            try {
                return master.status();
            } catch (IOException e) {
                if (deadline.isOver() || !alive.getAsBoolean()) {
                    throw e;
                }
                Deadline.pause();
            }
        }
    }

    /** Tells the master once. If the connection broke, its count of reloads tells whether it had understood. */
    private String command(MasterStatus before, Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            try {
                return master.reload(deadline);
            } catch (IOException e) {
                if (deadline.isOver()) {
                    throw e;
                }
                Deadline.pause();
                if (hasBegun(before)) {
                    return "";
                }
            }
        }
    }

    private boolean hasBegun(MasterStatus before) throws InterruptedException {
        try {
            return master.status().reloads() > before.reloads();
        } catch (IOException e) {
            return false;
        }
    }
}
