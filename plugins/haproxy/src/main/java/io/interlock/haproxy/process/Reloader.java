package io.interlock.haproxy.process;

import java.io.IOException;

/** Has the master load the configuration file anew, and does not believe it until it is proven. */
final class Reloader {

    private static final String REFUSED = "Success=0";

    private final MasterSocket master;
    private final Proof proof;
    private final ProcessLog log;

    Reloader(MasterSocket master, Proof proof, ProcessLog log) {
        this.master = master;
        this.proof = proof;
        this.log = log;
    }

    /**
     * @throws HaproxyException if HAProxy does not prove in time that it serves the revision
     */
    void reload(ProcessHandle process, String revision, Deadline deadline)
            throws HaproxyException, InterruptedException {
        try {
            log.cut();
            long logEnd = log.end();
            MasterStatus before = status(process, deadline);
            if (command(before, deadline).contains(REFUSED)
                    || !proof.await(revision, process, now -> hasFailed(before, now), deadline)) {
                String what = process.isAlive() ? "HAProxy did not take the new configuration" : "HAProxy ended";
                throw new HaproxyException(what + (deadline.isOver() ? " in time: " : ": ") + log.lastWords(logEnd));
            }
        } catch (IOException e) {
            throw new HaproxyException("HAProxy cannot be told to reload: " + e.getMessage(), e);
        }
    }

    private static boolean hasFailed(MasterStatus before, MasterStatus now) {
        return now.reloads() > before.reloads() && now.failed() > 0;
    }

    /** The master takes no connection while an earlier reload is under way. */
    private MasterStatus status(ProcessHandle process, Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            try {
                return master.status();
            } catch (IOException e) {
                if (deadline.isOver() || !process.isAlive()) {
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
