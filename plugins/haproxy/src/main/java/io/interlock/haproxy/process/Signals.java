package io.interlock.haproxy.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Signals that Java does not send. */
final class Signals {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Signals() {}

    /** HAProxy's master loads its configuration anew. */
    static void reload(long pid) throws IOException, InterruptedException {
        send("USR2", pid);
    }

    /** HAProxy accepts nothing more and ends with its last connection. */
    static void stopSoftly(long pid) throws IOException, InterruptedException {
        send("USR1", pid);
    }

    /** A process that was stopped goes on. */
    static void resume(long pid) throws IOException, InterruptedException {
        send("CONT", pid);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        CommandRunner.run(List.of("/bin/sh", "-c", "kill -" + signal + " \"$0\"", Long.toString(pid)), TIMEOUT);
    }
}
