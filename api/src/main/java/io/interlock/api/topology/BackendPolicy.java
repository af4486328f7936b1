package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is to happen to requests for a backend, other than that a server gets them. A load balancer sees only those kinds that it
 * declares with {@link io.interlock.api.loadbalancer.Capability}. Where several apply, those that let fewer requests pass come
 * first.
 */
@Experimental
public sealed interface BackendPolicy {

    /**
     * Requests that did not come over TLS are answered with a redirect to HTTPS.
     *
     * @param status 301, 302, 307 or 308
     */
    record HttpsOnly(int status) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if the status is another one
         */
        public HttpsOnly {
            requireRedirect(status);
        }
    }

    /**
     * Responses over TLS have a {@code Strict-Transport-Security} header (RFC 6797).
     *
     * @param maxAge for how long browsers are to use nothing but HTTPS; whole seconds, 0 to 10 years
     * @param includeSubDomains whether this goes for all names below, too
     * @param preload whether it may be built into browsers
     */
    record StrictTransportSecurity(Duration maxAge, boolean includeSubDomains, boolean preload)
            implements BackendPolicy {

        private static final Duration LONGEST = Duration.ofDays(3650);

        /**
         * @throws IllegalArgumentException if the age is out of range
         */
        public StrictTransportSecurity {
            requireRange("max-age", maxAge, Duration.ZERO, LONGEST, Duration.ofSeconds(1));
        }
    }

    /**
     * Only clients whose address is in one of the ranges are served; others are answered with 403.
     *
     * @param ranges not empty
     */
    record AllowedClients(List<AddressRange> ranges) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if there is none
         */
        public AllowedClients {
            ranges = someOf(ranges);
        }
    }

    /**
     * Clients whose address is in one of the ranges are answered with 403.
     *
     * @param ranges not empty
     */
    record DeniedClients(List<AddressRange> ranges) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if there is none
         */
        public DeniedClients {
            ranges = someOf(ranges);
        }
    }

    /**
     * A client that sends more than so many requests in a period is answered with 429 (RFC 6585) until it sends fewer. Clients are
     * told apart by address.
     *
     * @param requests 1 to 1,000,000
     * @param period whole seconds, 1 s to 1 h
     */
    record RateLimit(int requests, Duration period) implements BackendPolicy {

        private static final int MOST = 1_000_000;

        /**
         * @throws IllegalArgumentException if a value is out of range
         */
        public RateLimit {
            requireRange("requests", requests, 1, MOST);
            requireRange("period", period, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofSeconds(1));
        }
    }

    /**
     * Requests with a larger body are answered with 413; those whose body has no length in advance with 411.
     *
     * @param bytes at least 0
     */
    record BodyLimit(long bytes) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if it is less than 0
         */
        public BodyLimit {
            requireRange("bytes", bytes, 0, Long.MAX_VALUE);
        }
    }

    /**
     * Only requests with one of these users and its password (RFC 7617) are served; others are answered with 401.
     *
     * @param users not empty, no name twice
     */
    record BasicAuthentication(List<User> users) implements BackendPolicy {

        /**
         * Who is served. Its text shows no hash.
         *
         * @param name letters, digits, {@code . _ @ -}, at most 64 characters
         * @param hash of the password, as crypt(3) has it: SHA-256 ({@code $5$}), SHA-512 ({@code $6$}), bcrypt ({@code $2b$},
         *     {@code $2y$}) or yescrypt ({@code $y$}). Since a proxy computes it for each request, and serves nobody else meanwhile,
         *     of at most 99,999 rounds, a cost of 10, or yescrypt's usual parameters
         */
        public record User(String name, String hash) {

            private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
            private static final Pattern HASH =
                    Pattern.compile("\\$[56]\\$(?:rounds=[0-9]{4,5}\\$)?[A-Za-z0-9./]{1,16}\\$[A-Za-z0-9./]{43,86}"
                            + "|\\$2[aby]\\$(?:0[4-9]|10)\\$[A-Za-z0-9./]{53}"
                            + "|\\$y\\$j[789][5T]\\$[A-Za-z0-9./]{1,86}\\$[A-Za-z0-9./]{43}");

            /**
             * @throws IllegalArgumentException if the name or the hash is none; the message does not show the latter
             */
            public User {
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException("not the name of a user: " + QuotedText.quoted(name));
                }
                if (!HASH.matcher(hash).matches()) {
                    throw new IllegalArgumentException("user " + name
                            + " has no hash of a password that is safe to keep and quick to compute, expected one that begins with"
                            + " $5$ or $6$ (at most 99999 rounds), $2y$ (a cost of at most 10) or $y$j9T$");
                }
            }

            @Override
            public String toString() {
                return "User[name=" + name + ", hash=…]";
            }
        }

        /**
         * @throws IllegalArgumentException if there is nobody, or somebody twice
         */
        public BasicAuthentication {
            users = someOf(users);
            Set<String> names = new HashSet<>();
            for (User user : users) {
                if (!names.add(user.name)) {
                    throw new IllegalArgumentException("two users are named " + user.name);
                }
            }
        }
    }

    /**
     * Every request is answered with 503 and a {@code Retry-After} header; health checks go on.
     *
     * @param retryAfter whole seconds, up to a day
     */
    record Maintenance(Duration retryAfter) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if the time is out of range
         */
        public Maintenance {
            requireRange("retry after", retryAfter, Duration.ZERO, Duration.ofDays(1), Duration.ofSeconds(1));
        }
    }

    /**
     * Requests for other names are redirected to this one; path and query stay.
     *
     * @param name no wildcard
     * @param status 301, 302, 307 or 308
     */
    record CanonicalName(HostName name, int status) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if the name is a wildcard, or the status another one
         */
        public CanonicalName {
            requireRedirect(status);
            if (!name.isExact()) {
                throw new IllegalArgumentException("nobody can be redirected to " + name);
            }
        }
    }

    /**
     * Requests for some paths are redirected.
     *
     * @param redirects the first that matches counts; one to 200
     */
    record Redirects(List<Redirect> redirects) implements BackendPolicy {

        private static final int MOST = 200;

        /**
         * Where requests for a path are redirected to.
         *
         * @param path as {@link Route#pathPrefix} has it
         * @param below whether it goes for all paths below, too
         * @param target a URL of http or https, or an absolute path; at most 1024 characters
         * @param appended whether what follows {@code path} in the request, with the query, is appended to the target, which has no slash at its end
         *     then
         * @param status 301, 302, 303, 307 or 308
         */
        public record Redirect(String path, boolean below, String target, boolean appended, int status) {

            private static final int MAX_TARGET = 1024;
            private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
            private static final Pattern TARGET =
                    Pattern.compile("/|(?:https?://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|/[A-Za-z0-9._~!$&()*+,;=:@%-]+)"
                            + "(?:/[A-Za-z0-9._~!$&()*+,;=:@%-]*)*(?:\\?[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?");

            /**
             * @throws IllegalArgumentException if a value is none
             */
            public Redirect {
                path = new Route(path, "any").pathPrefix();
                if (target.length() > MAX_TARGET
                        || !TARGET.matcher(target).matches()
                        || (appended && (target.endsWith("/") || target.contains("?")))) {
                    throw new IllegalArgumentException("not a target of a redirect: " + QuotedText.quoted(target)
                            + ", expected a path such as /new, or a URL such as https://www.example.com/new");
                }
                if (!STATUSES.contains(status)) {
                    throw new IllegalArgumentException(
                            "not the status of a redirect: " + status + ", expected 301, 302, 303, 307 or 308");
                }
            }
        }

        /**
         * @throws IllegalArgumentException if there is none, or there are too many
         */
        public Redirects {
            redirects = someOf(redirects);
            requireRange("redirects", redirects.size(), 1, MOST);
        }
    }

    /**
     * A prefix of the path is taken away before a server gets a request, and told to it as {@code X-Forwarded-Prefix}.
     *
     * @param prefix as {@link Route#pathPrefix} has it, and that of the routes that lead here; not {@code /}
     */
    record StrippedPath(String prefix) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if that is no prefix
         */
        public StrippedPath {
            if (prefix.equals(Route.EVERYTHING)) {
                throw new IllegalArgumentException("nothing remains of a path without /");
            }
            prefix = new Route(prefix, "any").pathPrefix();
        }
    }

    /**
     * What scripts of other origins may do, as the Fetch standard has it (Cross-Origin Resource Sharing). Preflight requests are
     * answered by the load balancer.
     *
     * @param origins such as {@code https://app.example.com}; only {@code *} means all; not empty
     * @param methods what may be asked for; not empty
     * @param headers header fields that a request may have; {@code *} means all
     * @param credentials whether cookies may be sent along; not together with {@code *} as origin
     * @param maxAge how long a browser may remember this; whole seconds, up to a day
     */
    record CrossOrigin(
            List<String> origins, List<String> methods, List<String> headers, boolean credentials, Duration maxAge)
            implements BackendPolicy {

        /** Every origin. */
        public static final String ANY = "*";

        private static final Pattern ORIGIN =
                Pattern.compile("https?://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?");
        private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

        /**
         * @throws IllegalArgumentException if a value is none, or credentials are allowed for every origin
         */
        public CrossOrigin {
            origins = someOf(origins);
            methods = someOf(methods);
            headers = List.copyOf(headers);
            if (!origins.equals(List.of(ANY))) {
                origins.forEach(origin -> require(
                        ORIGIN, origin, "an origin", "one such as https://app.example.com, or * alone for all"));
            } else if (credentials) {
                throw new IllegalArgumentException("credentials cannot be allowed for every origin (*)");
            }
            methods.forEach(method -> require(METHOD, method, "an HTTP method", "one such as PUT"));
            headers.stream().filter(header -> !header.equals(ANY)).forEach(HeaderChange::requireName);
            requireRange("max age", maxAge, Duration.ZERO, Duration.ofDays(1), Duration.ofSeconds(1));
        }
    }

    /**
     * Header fields of requests are changed on their way to a server.
     *
     * @param changes in order; not empty
     */
    record RequestHeaders(List<HeaderChange> changes) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if there is none
         */
        public RequestHeaders {
            changes = someOf(changes);
        }
    }

    /**
     * Header fields of responses are changed on their way to the client.
     *
     * @param changes in order; not empty
     */
    record ResponseHeaders(List<HeaderChange> changes) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if there is none
         */
        public ResponseHeaders {
            changes = someOf(changes);
        }
    }

    /** A request without {@code X-Request-Id} gets one that no other request has; the response has the same. */
    record RequestIds() implements BackendPolicy {}

    /**
     * Errors that the load balancer itself answers with are shown on pages of the operator's.
     *
     * @param name which of them: letters, digits, {@code _ -}, at most 64 characters
     */
    record ErrorPages(String name) implements BackendPolicy {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

        /**
         * @throws IllegalArgumentException if that is no name
         */
        public ErrorPages {
            require(NAME, name, "the name of error pages", "letters, digits, _ and -");
        }
    }

    /** Requests are not logged. */
    record Unlogged() implements BackendPolicy {}

    /** Responses that are text are compressed with gzip for clients that take that. */
    record Compression() implements BackendPolicy {}

    /**
     * How a server is chosen for a request.
     *
     * @param algorithm the rule
     */
    record Balance(Algorithm algorithm) implements BackendPolicy {
        /** Rules by which servers are chosen. */
        public enum Algorithm {
            /** In turn. */
            ROUND_ROBIN,
            /** The one with the fewest connections. */
            LEAST_CONNECTIONS,
            /** By the client's address: a client stays with its server as long as the servers stay the same. */
            SOURCE,
            /** By the path: a path stays with its server as long as the servers stay the same. */
            URI,
            /** By chance. */
            RANDOM,
            /** The first that has not reached its limit. */
            FIRST
        }
    }

    /**
     * A client keeps its server by a cookie, as long as the server is there.
     *
     * @param cookie name of the cookie: letters, digits, {@code _ -}, at most 64 characters
     */
    record Sticky(String cookie) implements BackendPolicy {

        private static final Pattern COOKIE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

        /**
         * @throws IllegalArgumentException if that is no name
         */
        public Sticky {
            require(COOKIE, cookie, "the name of a cookie", "letters, digits, _ and -");
        }
    }

    /**
     * How long things may take; what is empty is as the operator has it.
     *
     * @param connect until a server has accepted a connection, over all tries; whole milliseconds, 1 ms to a day, like all
     * @param server until a server answers, and while it says nothing
     * @param tunnel while neither side of a WebSocket or the like says anything
     */
    record Timeouts(Optional<Duration> connect, Optional<Duration> server, Optional<Duration> tunnel)
            implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if a time is out of range
         */
        public Timeouts {
            connect.ifPresent(time -> requireTimeout("connect", time));
            server.ifPresent(time -> requireTimeout("server", time));
            tunnel.ifPresent(time -> requireTimeout("tunnel", time));
        }

        private static void requireTimeout(String what, Duration time) {
            requireRange(what, time, Duration.ofMillis(1), Duration.ofDays(1), Duration.ofMillis(1));
        }
    }

    /**
     * How many requests each server gets at one time; others wait.
     *
     * @param perServer 1 to 1,000,000
     */
    record ConcurrencyLimit(int perServer) implements BackendPolicy {

        private static final int MOST = 1_000_000;

        /**
         * @throws IllegalArgumentException if it is out of range
         */
        public ConcurrencyLimit {
            requireRange("per server", perServer, 1, MOST);
        }
    }

    /**
     * When and how often a request is sent again that a server has not answered, or has answered with an error. A request that may have
     * been carried out is only sent again if that does no harm (RFC 9110, section 9.2.2): GET, HEAD and OPTIONS.
     *
     * @param most how often, 0 to 10; empty: as the load balancer does it
     * @param causes what it is sent again for; empty: as the load balancer does it
     */
    record Retries(Optional<Integer> most, List<Cause> causes) implements BackendPolicy {

        private static final int MOST = 10;

        /** Why a request is sent again. */
        public enum Cause {
            /** There was no connection. */
            CONNECT,
            /** The server closed the connection without an answer. */
            EMPTY,
            /** The server said nothing for too long. */
            TIMEOUT,
            /** The answer was 500. */
            STATUS_500,
            /** The answer was 502. */
            STATUS_502,
            /** The answer was 503. */
            STATUS_503,
            /** The answer was 504. */
            STATUS_504
        }

        /**
         * Puts the causes in order.
         *
         * @throws IllegalArgumentException if the number is out of range, or nothing is asked for
         */
        public Retries {
            most.ifPresent(number -> requireRange("retries", number, 0, MOST));
            causes = causes.stream().sorted().distinct().toList();
            if (most.isEmpty() && causes.isEmpty()) {
                throw new IllegalArgumentException("expected a number, or causes");
            }
        }
    }

    /**
     * How many checks in a row it takes to believe them.
     *
     * @param rise successful ones, until a server that was down gets requests; 1 to 100
     * @param fall failed ones, until a server gets no more; 1 to 100
     */
    record CheckThresholds(int rise, int fall) implements BackendPolicy {

        private static final int MOST = 100;

        /**
         * @throws IllegalArgumentException if one is out of range
         */
        public CheckThresholds {
            requireRange("rise", rise, 1, MOST);
            requireRange("fall", fall, 1, MOST);
        }
    }

    /**
     * A server that has come up gets its share of the requests little by little.
     *
     * @param time until it has its whole share; whole milliseconds, 1 s to 1 h
     */
    record SlowStart(Duration time) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if it is out of range
         */
        public SlowStart {
            requireRange("slow start", time, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMillis(1));
        }
    }

    /** Servers are spoken to in HTTP/2 without TLS (RFC 9113, prior knowledge), as gRPC wants it. */
    record Http2ToServers() implements BackendPolicy {}

    /**
     * Servers are spoken to over TLS, with the requested host name as SNI.
     *
     * @param verified whether a server has to show a certificate for that name from an authority that the system trusts
     */
    record TlsToServers(boolean verified) implements BackendPolicy {}

    /**
     * Connections to servers begin with a header of the PROXY protocol.
     *
     * @param version 1 or 2
     */
    record ProxyProtocol(int version) implements BackendPolicy {
        /**
         * @throws IllegalArgumentException if it is another one
         */
        public ProxyProtocol {
            requireRange("version", version, 1, 2);
        }
    }

    private static void requireRedirect(int status) {
        if (!Set.of(301, 302, 307, 308).contains(status)) {
            throw new IllegalArgumentException(
                    "not the status of a redirect: " + status + ", expected 301, 302, 307 or 308");
        }
    }

    private static <T> List<T> someOf(List<T> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("expected at least one");
        }
        return List.copyOf(list);
    }

    private static void require(Pattern pattern, String value, String what, String expected) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "not " + what + ": " + QuotedText.quoted(value) + ", expected " + expected);
        }
    }

    private static void requireRange(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + ", expected " + least + " to " + most);
        }
    }

    private static void requireRange(String what, Duration value, Duration least, Duration most, Duration unit) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0 || value.toNanos() % unit.toNanos() != 0) {
            throw new IllegalArgumentException(what + " is " + shown(value) + ", expected " + shown(least) + " to "
                    + shown(most) + " in steps of " + shown(unit));
        }
    }

    private static String shown(Duration duration) {
        return duration.getNano() == 0 ? duration.getSeconds() + " s" : duration.toMillis() + " ms";
    }
}
