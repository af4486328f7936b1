package io.interlock.bench.chaos;

import static org.awaitility.Awaitility.await;

import io.interlock.bench.process.ProcessFootprint;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Whether a program occupies more than it did: processes, file descriptors, threads or memory that it never gives back.
 *
 * @param program for people
 * @param start what it occupied
 */
record ResourceLeakDetector(String program, ProcessFootprint start) {

    /** What connections and load need anyway; what leaks with each fault or change is soon beyond. */
    private static final int MORE_FILES = 30;

    private static final int MORE_THREADS = 10;
    private static final double MORE_MEMORY = 1.5;
    /** HAProxy's replaced workers have ended by then. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    ResourceLeakDetector {
        System.out.printf("start: %s %s%n", program, start);
    }

    /** Whether it comes to rest at what it occupied at the start, or little more; prints what it occupies. */
    boolean isLeakFree(Callable<ProcessFootprint> now) throws Exception {
        boolean none;
        try {
            await().atMost(LIMIT).until(() -> isLike(now.call()));
            none = true;
        } catch (ConditionTimeoutException grown) {
            none = false;
        }
        System.out.printf("end:   %s %s%s%n", program, now.call(), none ? "" : ", which is too much");
        return none;
    }

    private boolean isLike(ProcessFootprint now) {
        return now.processes() <= start.processes()
                && now.files() <= start.files() + MORE_FILES
                && now.threads() <= start.threads() + MORE_THREADS
                && now.residentKilobytes() <= MORE_MEMORY * start.residentKilobytes();
    }
}
