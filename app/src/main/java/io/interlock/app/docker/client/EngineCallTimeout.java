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
 * Calls to an engine. Limits how long blocking I/O may take, by interrupting the virtual thread that it runs on. Java's unix sockets know no
 * timeout of their own; an interrupt closes the socket and so ends what waits for it.
 */
public final class EngineCallTimeout {

    private EngineCallTimeout() {}

    /** Runs a call; an {@link IOException} tells what failed, or that it took too long. */
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
