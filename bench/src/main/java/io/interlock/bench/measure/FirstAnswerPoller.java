package io.interlock.bench.measure;

import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Sends requests, each on a new connection, until the answer is the expected one. */
final class FirstAnswerPoller {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Leaves the processor to the measured programs, and is short compared to the measured times. */
    private static final Duration PAUSE = Duration.ofNanos(100_000);

    private FirstAnswerPoller() {}

    /**
     * Waits for a 200 with this answer.
     *
     * @return when it arrived, of {@link System#nanoTime()}
     */
    static long await(InetSocketAddress server, String host, String answer) throws IOException {
        return await(
                server,
                host,
                PATIENCE,
                response -> response.status() == 200 && response.body().strip().equals(answer));
    }

    /** Waits for any 200. */
    static long await(int port, String host) throws IOException {
        return await(local(port), host, PATIENCE, response -> response.status() == 200);
    }

    /** Waits for an answer that is as wanted. */
    static long await(
            InetSocketAddress server, String host, Duration patience, Predicate<HttpConnection.Response> desired)
            throws IOException {
        awaitQuestion(server, host, patience, desired);
        return System.nanoTime();
    }

    /**
     * Waits for an answer that is as wanted.
     *
     * @return when the request that led to it was sent, of {@link System#nanoTime()}
     */
    static long awaitQuestion(
            InetSocketAddress server, String host, Duration patience, Predicate<HttpConnection.Response> desired)
            throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            long asked = System.nanoTime();
            if (isAnswered(server, host, desired)) {
                return asked;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new IOException(host + " was not answered as it should within " + patience);
    }

    private static boolean isAnswered(
            InetSocketAddress server, String host, Predicate<HttpConnection.Response> desired) {
        try (HttpConnection http = HttpConnection.connect(server)) {
            return desired.test(http.get(host, "/name"));
        } catch (IOException notYet) {
            return false;
        }
    }

    static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
