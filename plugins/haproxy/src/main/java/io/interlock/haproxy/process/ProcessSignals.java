package io.interlock.haproxy.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signals that Java does not send. */
public final class ProcessSignals {

    private static final Logger log = LoggerFactory.getLogger("haproxy");
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private ProcessSignals() {}

    /** HAProxy's master loads its configuration anew. */
    public static void reload(long pid) throws IOException, InterruptedException {
        send("USR2", pid);
    }

    /** HAProxy accepts nothing more and ends with its last connection. */
    public static void stopSoftly(long pid) throws IOException, InterruptedException {
        send("USR1", pid);
    }

    /**
     * A process of HAProxy's that was stopped goes on.
     *
     * @param who what it is, for the log
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
