package io.interlock.api.stats;

import io.interlock.api.Experimental;
import java.util.OptionalLong;

/**
 * What passed. Everything is a count since the proxy last loaded its configuration, apart from those {@code current} and
 * the times.
 *
 * @param currentSessions at this moment: connections at a listener, requests in flight at a backend or server
 * @param sessions so far
 * @param requests HTTP requests so far
 * @param bytesIn from clients
 * @param bytesOut to clients
 * @param responses by status
 * @param errors what went wrong
 * @param currentQueue requests that wait for a server at this moment
 * @param times how long requests took
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

    /** Nothing is known. */
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
     * @param serverErrors 500 to 599, the proxy's own included
     * @param others anything else
     */
    public record Responses(
            OptionalLong informational,
            OptionalLong successful,
            OptionalLong redirections,
            OptionalLong clientErrors,
            OptionalLong serverErrors,
            OptionalLong others) {
        /** Nothing is known. */
        public static final Responses UNKNOWN = new Responses(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /**
     * What went wrong.
     *
     * @param requests clients that sent no valid request, or went away while they sent it
     * @param denied requests that were refused by a rule
     * @param connections attempts to connect to a server that failed for good
     * @param responses servers that answered wrongly or broke off
     * @param clientAborts clients that went away before they had the whole answer
     * @param serverAborts servers that did
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
        /** Nothing is known. */
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
     * How long recent requests took on average, in milliseconds; which are recent is the proxy's matter (HAProxy: the
     * last 1,024).
     *
     * @param queue waited for a server
     * @param connect connected to it
     * @param response waited for the beginning of its answer
     * @param total all in all, the transfer included
     */
    public record Times(OptionalLong queue, OptionalLong connect, OptionalLong response, OptionalLong total) {
        /** Nothing is known. */
        public static final Times UNKNOWN =
                new Times(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
    }
}
