package io.interlock.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/**
 * Detector of threads that a plugin leaves behind. It knows them by their group, which new threads take over from the thread
 * that starts them, so that threads of other tests do not count.
 */
final class ThreadLeakDetector {

    /** Threads that the JDK keeps for a while. */
    private static final Pattern OF_THE_JDK =
            Pattern.compile("(?i).*(HTTP-Dispatcher|idle-timeout-task|ForkJoinPool|HttpClient-|awaitility).*");

    private final ThreadGroup group = new ThreadGroup("plugin under test");

    /** What a test does with a plugin. */
    @FunctionalInterface
    interface TestBody {
        void run() throws Exception;
    }

    /** Runs a part of a test, and waits for its end. */
    void run(TestBody body) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            body.run();
            return true;
        });
        Thread thread = new Thread(group, task, "test");
        thread.start();
        try {
            task.get();
            thread.join();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** Returns the threads that were started by {@link #run} and still run. */
    List<Thread> left() {
        Thread[] threads = new Thread[group.activeCount() + 16];
        return Arrays.stream(threads, 0, group.enumerate(threads))
                .filter(thread -> !OF_THE_JDK.matcher(thread.getName()).matches())
                .toList();
    }
}
