package io.interlock.bench.chaos;

import static org.awaitility.Awaitility.await;

import io.interlock.bench.process.ProcessFootprint;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Detects whether a program keeps more resources than at the start: processes, file descriptors, threads or memory that
 * it never releases.
 *
 * @param program for people
 * @param start its resources at the start
 */
record ResourceLeakDetector(String program, ProcessFootprint start) {

    /** Margin for connections and load; a leak with each fault or change soon exceeds it. */
    private static final int MORE_FILES = 30;

    private static final int MORE_THREADS = 10;
    private static final double MORE_MEMORY = 1.5;
    /** Time within which HAProxy's replaced workers have ended. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    ResourceLeakDetector {
        System.out.printf("start: %s %s%n", program, start);
    }

    /** Whether the resources return to those of the start, or little more; prints them. */
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
