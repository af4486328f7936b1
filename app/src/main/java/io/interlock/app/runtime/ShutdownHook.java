package io.interlock.app.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into an orderly shutdown with exit code 0. Delays the JVM's shutdown until everything has
 * been closed, or for a limited time.
 */
public final class ShutdownHook implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onShutdown, "termination");

    private ShutdownHook() {}

    public static ShutdownHook install() {
        ShutdownHook termination = new ShutdownHook();
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    /** Waits until the process is asked to end. */
    public void await() throws InterruptedException {
        requested.await();
    }

    private void onShutdown() {
        requested.countDown();
        try {
            if (ended.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                // Without this the JVM would end with 128 + the signal's number, although the shutdown succeeded.
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Signals that everything has been closed. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The shutdown is in progress, and the hook ends it.
        }
    }
}
