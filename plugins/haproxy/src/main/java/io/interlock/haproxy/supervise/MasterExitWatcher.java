package io.interlock.haproxy.supervise;

import io.interlock.haproxy.process.ProcessLog;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watcher of one master until it ends. It keeps the log short and reports the end. */
final class MasterExitWatcher {

    private static final Logger log = LoggerFactory.getLogger("haproxy");
    private static final long BETWEEN_CUTS_SECONDS = 10;

    private final ProcessHandle master;
    private final ProcessLog processLog;
    private final Runnable gone;

    private MasterExitWatcher(ProcessHandle master, ProcessLog processLog, Runnable gone) {
        this.master = master;
        this.processLog = processLog;
        this.gone = gone;
    }

    /**
     * @param gone called once when the process has ended, on another thread
     * @return the thread of the watcher; it ends with the process, or when it is interrupted
     */
    static Thread start(ProcessHandle master, ProcessLog processLog, Runnable gone) {
        MasterExitWatcher watch = new MasterExitWatcher(master, processLog, gone);
        return Thread.ofVirtual().name("haproxy-watch-" + master.pid()).start(watch::follow);
    }

    private void follow() {
        try {
            while (isAliveAfterAWhile()) {
                cutLog();
            }
            gone.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAliveAfterAWhile() throws InterruptedException {
        try {
            master.onExit().get(BETWEEN_CUTS_SECONDS, TimeUnit.SECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process cannot fail", e);
        }
    }

    private void cutLog() {
        try {
            processLog.cut();
        } catch (IOException e) {
            log.warn("HAProxy's log cannot be kept short", e);
        }
    }
}
