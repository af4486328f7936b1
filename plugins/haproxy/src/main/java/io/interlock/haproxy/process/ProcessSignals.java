package io.interlock.haproxy.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the signals that Java does not send. */
public final class ProcessSignals {

    private static final Logger log = LoggerFactory.getLogger("haproxy");
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private ProcessSignals() {}

    /** Makes HAProxy's master load its configuration again. */
    public static void reload(long pid) throws IOException, InterruptedException {
        send("USR2", pid);
    }

    /** Makes HAProxy accept no more connections and end with its last one. */
    public static void stopSoftly(long pid) throws IOException, InterruptedException {
        send("USR1", pid);
    }

    /**
     * Continues a stopped process of HAProxy.
     *
     * @param who the role of the process, for the log
     */
    public static void resume(String who, long pid) throws InterruptedException {
        log.warn("HAProxy's {} (process {}) was stopped with a signal, and is continued", who, pid);
        try {
            send("CONT", pid);
        } catch (IOException e) {
            log.error("HAProxy's {} (process {}) cannot be continued; run: kill -CONT {}", who, pid, pid, e);
        }
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        ProgramRunner.run(List.of("/bin/sh", "-c", "kill -" + signal + " \"$0\"", Long.toString(pid)), TIMEOUT);
    }
}
