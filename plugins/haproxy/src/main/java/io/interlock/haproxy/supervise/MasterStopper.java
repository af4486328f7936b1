package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.HaproxyProcesses;
import io.interlock.haproxy.process.ProcessSignals;
import io.interlock.haproxy.runtime.MasterSocket;
import io.interlock.util.Deadline;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends HAProxy: it accepts no more connections, requests in flight may finish within a limit, idle connections do not
 * delay the end, and no process remains.
 */
final class MasterStopper {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private final MasterSocket master;

    MasterStopper(MasterSocket master) {
        this.master = master;
    }

    /** Returns when the process and its children have ended. */
    void stop(ProcessHandle process, Duration limit) throws InterruptedException {
        List<ProcessHandle> family =
                Stream.concat(Stream.of(process), process.descendants()).toList();
        try {
            ProcessSignals.stopSoftly(process.pid());
            Deadline deadline = Deadline.in(limit);
            while (process.isAlive() && !deadline.isOver() && isBusy()) {
                Deadline.pause();
            }
        } catch (IOException e) {
            log.warn("HAProxy cannot be told to stop softly: {}", ErrorMessages.reason(e));
        } finally {
            HaproxyProcesses.end(family.stream().filter(ProcessHandle::isAlive).toList());
        }
    }

    /** Whether a worker may still accept connections or serves a request. */
    private boolean isBusy() throws InterruptedException {
        try {
            for (long worker : master.status().allWorkers()) {
                if (!master.hasClosedListeners(worker) || master.isServing(worker)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // The last worker has ended, or the master is about to end; its end is detected by the caller.
            return true;
        }
    }
}
