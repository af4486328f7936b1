package io.interlock.app.docker.client;

import io.interlock.util.DurationText;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Limits the time of a call to an engine, by interrupting the virtual thread of the blocking I/O. Java's unix sockets
 * have no timeout of their own. An interrupt closes the socket and ends the wait.
 */
public final class EngineCallTimeout {

    private EngineCallTimeout() {}

    /** Runs a call. An {@link IOException} says what failed, or that the call took too long. */
    public static <T> T within(String what, Duration limit, Callable<T> call) throws IOException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().name("engine-call").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new IOException(what + ": no answer within " + DurationText.of(limit), late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            InterruptedIOException failure = new InterruptedIOException(what + ": interrupted");
            failure.initCause(interrupted);
            throw failure;
        } catch (ExecutionException failed) {
            throw new IOException(what + ": " + ErrorMessages.reason(failed), failed.getCause());
        } finally {
            task.cancel(true);
        }
    }
}
