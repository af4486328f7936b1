package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.util.OptionalLong;

/**
 * Traffic of a listener, backend or server. All values are counters since the proxy last loaded its configuration,
 * except for those named {@code current} and the times.
 *
 * @param currentSessions current connections at a listener, or requests in flight at a backend or server
 * @param sessions sessions so far
 * @param requests HTTP requests so far
 * @param bytesIn bytes from clients
 * @param bytesOut bytes to clients
 * @param responses responses by status
 * @param errors errors by kind
 * @param currentQueue requests that currently wait for a server
 * @param times average durations
 */
@Experimental
public record TrafficStats(
        OptionalLong currentSessions,
        OptionalLong sessions,
        OptionalLong requests,
        OptionalLong bytesIn,
        OptionalLong bytesOut,
        Responses responses,
        Errors errors,
        OptionalLong currentQueue,
        Times times) {

    /** Traffic of which every value is unknown. */
    public static final TrafficStats UNKNOWN = new TrafficStats(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Responses.UNKNOWN,
            Errors.UNKNOWN,
            OptionalLong.empty(),
            Times.UNKNOWN);

    /**
     * Responses by the first digit of their status.
     *
     * @param informational 100 to 199
     * @param successful 200 to 299
     * @param redirections 300 to 399
     * @param clientErrors 400 to 499
     * @param serverErrors 500 to 599, including the proxy's own responses
     * @param others anything else
     */
    public record Responses(
            OptionalLong informational,
            OptionalLong successful,
            OptionalLong redirections,
            OptionalLong clientErrors,
            OptionalLong serverErrors,
            OptionalLong others) {
        /** Responses of which every value is unknown. */
        public static final Responses UNKNOWN = new Responses(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /**
     * Errors by kind.
     *
     * @param requests clients that sent no valid request, or went away while they sent it
     * @param denied requests that a rule refused
     * @param connections connections to a server that failed in all attempts
     * @param responses servers that sent an invalid response or broke it off
     * @param clientAborts clients that went away before they had the whole response
     * @param serverAborts servers that went away before they had sent the whole response
     * @param retries connections that were tried again
     * @param redispatches requests that went to another server than the first one chosen
     */
    public record Errors(
            OptionalLong requests,
            OptionalLong denied,
            OptionalLong connections,
            OptionalLong responses,
            OptionalLong clientAborts,
            OptionalLong serverAborts,
            OptionalLong retries,
            OptionalLong redispatches) {
        /** Errors of which every value is unknown. */
        public static final Errors UNKNOWN = new Errors(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /**
     * Average durations of recent requests, in milliseconds. The proxy decides which requests are recent (HAProxy: the
     * last 1,024).
     *
     * @param queue time in the queue for a server
     * @param connect time to connect to the server
     * @param response time until the beginning of the server's response
     * @param total total time, including the transfer
     */
    public record Times(OptionalLong queue, OptionalLong connect, OptionalLong response, OptionalLong total) {
        /** Times of which every value is unknown. */
        public static final Times UNKNOWN =
                new Times(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
