package io.interlock.api.topology;

import io.interlock.api.Experimental;
import io.interlock.api.SecretText;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Policy of a backend, which applies to its requests in addition to the choice of a server. A load balancer sees only
 * the kinds that it declares with {@link io.interlock.api.loadbalancer.Capability}. If several apply, the more
 * restrictive ones come first.
 */
@Experimental
public sealed interface BackendPolicy {

    /** Policy for the connections to one server. Each container has its own, whatever the others of its backend ask. */
    sealed interface ServerPolicy {}

    /**
     * Answers requests without TLS with a redirect to HTTPS.
     *
     * @param status 301, 302, 307 or 308
     */
    record HttpsOnly(int status) implements BackendPolicy {
        /** @throws IllegalArgumentException for any other status */
        public HttpsOnly {
            requireRedirect(status);
        }
    }

    /**
     * Adds a {@code Strict-Transport-Security} header (RFC 6797) to responses over TLS.
     *
     * @param maxAge how long browsers must use nothing but HTTPS; whole seconds, 0 to 10 years
     * @param includeSubDomains whether this also applies to all names below
     * @param preload whether browsers may have it built in
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
     * Serves only clients whose address is in one of the ranges; others are answered with 403.
     *
     * @param ranges not empty
     */
    record AllowedClients(List<AddressRange> ranges) implements BackendPolicy {
        /** @throws IllegalArgumentException if there is no range */
        public AllowedClients {
            ranges = someOf(ranges);
        }
    }

    /**
     * Answers clients whose address is in one of the ranges with 403.
     *
     * @param ranges not empty
     */
    record DeniedClients(List<AddressRange> ranges) implements BackendPolicy {
        /** @throws IllegalArgumentException if there is no range */
        public DeniedClients {
            ranges = someOf(ranges);
        }
    }

    /**
     * Answers a client that exceeds this number of requests in a period with 429 (RFC 6585), until it sends fewer. A
     * client is identified by its address.
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
     * Answers requests with a larger body with 413, and requests whose body has no length in advance with 411.
     *
     * @param bytes at least 0
     */
    record BodyLimit(long bytes) implements BackendPolicy {
        /** @throws IllegalArgumentException if the number is less than 0 */
        public BodyLimit {
            requireRange("bytes", bytes, 0, Long.MAX_VALUE);
        }
    }

    /**
     * Serves only requests with the credentials of one of these users (RFC 7617); others are answered with 401.
     *
     * @param users not empty, no name twice
     */
    record BasicAuthentication(List<User> users) implements BackendPolicy {

        /**
         * User with a password.
         *
         * @param name letters, digits, {@code . _ @ -}, at most 64 characters
         * @param hash hash of the password in the format of crypt(3): SHA-256 ({@code $5$}), SHA-512 ({@code $6$}),
         *     bcrypt ({@code $2b$}, {@code $2y$}) or yescrypt ({@code $y$}). A proxy computes it for each request and
         *     serves no other request meanwhile; therefore at most 99,999 rounds, a cost of 10, or yescrypt's usual
         *     parameters
         */
        public record User(String name, SecretText hash) {

            private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
            private static final Pattern HASH =
                    Pattern.compile("\\$[56]\\$(?:rounds=[0-9]{4,5}\\$)?[A-Za-z0-9./]{1,16}\\$[A-Za-z0-9./]{43,86}"
                            + "|\\$2[aby]\\$(?:0[4-9]|10)\\$[A-Za-z0-9./]{53}"
                            + "|\\$y\\$j[789][5T]\\$[A-Za-z0-9./]{1,86}\\$[A-Za-z0-9./]{43}");

            /**
             * @throws IllegalArgumentException if the name or the hash is invalid; the message does not show the hash
             */
            public User {
                if (!NAME.matcher(name).matches()) {
                    // It may be the beginning of a secret.
                    throw new IllegalArgumentException(
                            "the text before the colon is not the name of a user, expected letters, digits and . _ @ -");
                }
                if (!HASH.matcher(hash.reveal()).matches()) {
                    throw new IllegalArgumentException("user " + name
                            + " has no hash of a password that is safe to keep and quick to compute, expected one that begins with"
                            + " $5$ or $6$ (at most 99999 rounds), $2y$ (a cost of at most 10) or $y$j9T$");
                }
            }

            /** Creates a user from texts. */
            public User(String name, String hash) {
                this(name, SecretText.of(hash));
            }
        }

        /** @throws IllegalArgumentException if there is no user, or a user twice */
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
     * Asks another server about each request before it is served (forward authentication). The server gets a GET request
     * with the method, host, URI, scheme and client of the request in headers {@code X-Forwarded-…}. If it answers with
     * a status of 200 to 299, the request is served; otherwise the client gets that answer. If it cannot be asked, or
     * does not answer in time, no request is served.
     *
     * @param server the URL of the server as in {@link AuthServerAddress}, not {@linkplain AuthServerAddress#isLocal()
     *     local}; or a name that the operator gave a server: letters, digits, {@code _ -}, at most 64 characters
     * @param responseHeaders names of headers of the server's answer that the request gets; what the client sent under
     *     these names is removed; {@code set-cookie} goes to the client; at most 32, in lower case
     * @param requestHeaders names of the headers of the request that the server sees; empty: all; at most 32, in lower
     *     case
     * @param trustsForwardedHost whether the server gets the host that a trusted proxy reports, not that of the request
     */
    record ForwardAuthentication(
            String server, List<String> responseHeaders, List<String> requestHeaders, boolean trustsForwardedHost)
            implements BackendPolicy {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
        private static final int MOST = 32;

        /** @throws IllegalArgumentException if a value is invalid, or the address is local */
        public ForwardAuthentication {
            responseHeaders = names(responseHeaders);
            requestHeaders = names(requestHeaders);
            if (!NAME.matcher(server).matches() && AuthServerAddress.of(server).isLocal()) {
                throw new IllegalArgumentException("only the operator can choose a server on this machine: "
                        + QuotedText.quoted(server) + ", expected the address of another one, or a name that the"
                        + " operator gave it");
            }
        }

        /** The address of the server; empty if {@link #server} is a name that the operator gave it. */
        public Optional<AuthServerAddress> address() {
            return NAME.matcher(server).matches() ? Optional.empty() : Optional.of(AuthServerAddress.of(server));
        }

        private static List<String> names(List<String> headers) {
            requireRange("headers", headers.size(), 0, MOST);
            return headers.stream()
                    .map(name ->
                            HeaderChange.removal(HeaderChange.requireName(name)).name())
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList();
        }
    }

    /**
     * Answers every request with 503 and a {@code Retry-After} header; health checks continue.
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
     * Redirects requests for other names to this one; path and query stay.
     *
     * @param name not a wildcard
     * @param status 301, 302, 307 or 308
     */
    record CanonicalName(HostName name, int status) implements BackendPolicy {
        /** @throws IllegalArgumentException if the name is a wildcard, or for any other status */
        public CanonicalName {
            requireRedirect(status);
            if (!name.isExact()) {
                throw new IllegalArgumentException("nobody can be redirected to " + name);
            }
        }
    }

    /**
     * Redirects requests for some paths.
     *
     * @param redirects 1 to 200; the first that matches counts
     */
    record Redirects(List<Redirect> redirects) implements BackendPolicy {

        private static final int MOST = 200;

        /**
         * Redirect of requests for a path.
         *
         * @param path a path as in {@link Route#pathPrefix}
         * @param below whether the redirect also applies to all paths below
         * @param target a URL of http or https, or an absolute path; at most 1024 characters
         * @param appended whether the rest of the request's path after {@code path}, with the query, is appended to the
         *     target; the target then has no slash at its end, or is {@code /}: the rest then loses the slashes and backslashes at
         *     its beginning, so that no client decides on the host of the target
         * @param status 301, 302, 303, 307 or 308
         */
        public record Redirect(String path, boolean below, String target, boolean appended, int status) {

            private static final int MAX_TARGET = 1024;
            private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
            private static final Pattern TARGET =
                    Pattern.compile("/|(?:https?://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?|/[A-Za-z0-9._~!$&()*+,;=:@%-]+)"
                            + "(?:/[A-Za-z0-9._~!$&()*+,;=:@%-]*)*(?:\\?[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?");

            /** @throws IllegalArgumentException if a value is invalid */
            public Redirect {
                path = new Route(path, "any").pathPrefix();
                if (target.length() > MAX_TARGET
                        || !TARGET.matcher(target).matches()
                        || (appended
                                && !target.equals(Route.EVERYTHING)
                                && (target.endsWith("/") || target.contains("?")))) {
                    throw new IllegalArgumentException("not a target of a redirect: " + QuotedText.quoted(target)
                            + ", expected a path such as /new, or a URL such as https://www.example.com/new");
                }
                if (!STATUSES.contains(status)) {
                    throw new IllegalArgumentException(
                            "not the status of a redirect: " + status + ", expected 301, 302, 303, 307 or 308");
                }
            }
        }

        /** @throws IllegalArgumentException if there is no redirect, or too many */
        public Redirects {
            redirects = someOf(redirects);
            requireRange("redirects", redirects.size(), 1, MOST);
        }
    }

    /**
     * Removes a prefix of the path before a server gets a request, and sends it in the header
     * {@code X-Forwarded-Prefix}.
     *
     * @param prefix a prefix as in {@link Route#pathPrefix}, and the prefix of the routes to this backend; not
     *     {@code /}
     */
    record StrippedPath(String prefix) implements BackendPolicy {
        /** @throws IllegalArgumentException if the prefix is invalid */
        public StrippedPath {
            if (prefix.equals(Route.EVERYTHING)) {
                throw new IllegalArgumentException("nothing remains of a path without /");
            }
            prefix = new Route(prefix, "any").pathPrefix();
        }
    }

    /**
     * Permissions of scripts of other origins, as in the Fetch standard (Cross-Origin Resource Sharing). The load
     * balancer itself answers preflight requests.
     *
     * @param origins origins such as {@code https://app.example.com}; {@code *} alone means all; not empty
     * @param methods permitted methods; not empty
     * @param headers permitted header fields of requests; {@code *} means all
     * @param credentials whether cookies may be sent; not together with {@code *} as origin
     * @param maxAge how long a browser may cache this; whole seconds, up to a day
     */
    record CrossOrigin(
            List<String> origins, List<String> methods, List<String> headers, boolean credentials, Duration maxAge)
            implements BackendPolicy {

        /** Origin that stands for every origin. */
        public static final String ANY = "*";

        private static final Pattern ORIGIN =
                Pattern.compile("https?://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?");
        private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

        /** @throws IllegalArgumentException if a value is invalid, or credentials are allowed for every origin */
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
            HeaderChange.requireSpace(headers.stream().mapToInt(String::length).sum());
            requireRange("max age", maxAge, Duration.ZERO, Duration.ofDays(1), Duration.ofSeconds(1));
        }
    }

    /**
     * Changes header fields of requests on their way to a server.
     *
     * @param changes in order; not empty, together at most 8,192 characters
     */
    record RequestHeaders(List<HeaderChange> changes) implements BackendPolicy {
        /** @throws IllegalArgumentException if there is no change, or the changes together are too long */
        public RequestHeaders {
            changes = someOf(changes);
            HeaderChange.requireSpace(changes);
        }
    }

    /**
     * Changes header fields of responses on their way to the client.
     *
     * @param changes in order; not empty, together at most 8,192 characters
     */
    record ResponseHeaders(List<HeaderChange> changes) implements BackendPolicy {
        /** @throws IllegalArgumentException if there is no change, or the changes together are too long */
        public ResponseHeaders {
            changes = someOf(changes);
            HeaderChange.requireSpace(changes);
        }
    }

    /**
     * Lets connections change to other protocols besides WebSocket (RFC 9110, section 7.8). What follows the change is passed on
     * unseen.
     *
     * @param protocols names with an optional version, as the server spells them: letters, digits, {@code . _ -}; 1 to 10; none that
     *     would carry further requests past the rules of their routes: HTTP, h2c, TLS
     */
    record Upgrades(List<String> protocols) implements BackendPolicy {

        private static final int MOST = 10;
        private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z0-9._-]{1,64}(/[A-Za-z0-9._-]{1,32})?");
        private static final Pattern REQUESTS = Pattern.compile("(?i)(http|h2c?|h3|tls|ssl)(/.*)?");

        /** @throws IllegalArgumentException if there is none or too many, or one is invalid or carries requests */
        public Upgrades {
            protocols = someOf(protocols);
            if (protocols.size() > MOST) {
                throw new IllegalArgumentException("expected at most " + MOST + " protocols");
            }
            for (String protocol : protocols) {
                require(PROTOCOL, protocol, "the name of a protocol", "letters, digits, . _ - and / before a version");
                if (REQUESTS.matcher(protocol).matches()) {
                    throw new IllegalArgumentException("\"" + protocol
                            + "\" would carry further requests past the rules of their routes, and cannot be allowed");
                }
            }
        }
    }

    /**
     * Adds a unique {@code X-Request-Id} to requests without a usable one: one header of 1 to 128 letters, digits and
     * {@code . _ ~ + / = : @ -}. The response gets the same value.
     */
    record RequestIds() implements BackendPolicy {}

    /**
     * Gives servers this {@code Host} in place of the client's, and its name as SNI.
     *
     * @param name a single name
     * @param port the port after it, 1 to 65535; empty: none
     */
    record UpstreamHost(HostName name, OptionalInt port) implements BackendPolicy {

        private static final int MAX_PORT = 65_535;

        /** @throws IllegalArgumentException if the name is not a single one, or the port is out of range */
        public UpstreamHost {
            if (!name.isExact()) {
                throw new IllegalArgumentException("what stands for many names cannot be a host: " + name);
            }
            port.ifPresent(number -> requireRange("port", number, 1, MAX_PORT));
        }

        /** Returns the value of the header. */
        public String header() {
            return name + (port.isPresent() ? ":" + port.getAsInt() : "");
        }
    }

    /**
     * Passes on the headers {@code traceparent} and {@code tracestate} of W3C Trace Context only if there is one valid
     * {@code traceparent} of version 00; otherwise the server gets neither of the client's.
     *
     * @param origin where traces begin
     * @param sampledPercent how many of the traces that the load balancer begins are marked as sampled, in percent
     */
    record TraceContext(Origin origin, int sampledPercent) implements BackendPolicy {

        /** Where traces begin. */
        public enum Origin {
            /** At clients only. */
            CLIENTS,
            /** At the load balancer, for requests of clients without a valid trace. */
            ALSO_HERE,
            /** At the load balancer, except for requests that come from trusted proxies with a valid trace. */
            ALWAYS_HERE
        }

        private static final int HUNDRED = 100;

        /** @throws IllegalArgumentException if the percentage is not 0 to 100 */
        public TraceContext {
            if (sampledPercent < 0 || sampledPercent > HUNDRED) {
                throw new IllegalArgumentException("expected 0 to 100 percent: " + sampledPercent);
            }
        }
    }

    /**
     * Shows the operator's pages for errors with which the load balancer itself answers.
     *
     * @param name name of the set of pages: letters, digits, {@code _ -}, at most 64 characters
     */
    record ErrorPages(String name) implements BackendPolicy {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

        /** @throws IllegalArgumentException if the name is invalid */
        public ErrorPages {
            require(NAME, name, "the name of error pages", "letters, digits, _ and -");
        }
    }

    /** Keeps requests out of the log. */
    record Unlogged() implements BackendPolicy {}

    /** Compresses text responses with gzip for clients that accept it. */
    record Compression() implements BackendPolicy {}

    /**
     * Selects how a server is chosen for a request.
     *
     * @param algorithm the algorithm
     */
    record Balance(Algorithm algorithm) implements BackendPolicy {
        /** Algorithms that choose a server. */
        public enum Algorithm {
            /** In turn. */
            ROUND_ROBIN,
            /** The server with the fewest connections. */
            LEAST_CONNECTIONS,
            /** By the client's address: a client stays with its server as long as the servers stay the same. */
            SOURCE,
            /** By the path: a path stays with its server as long as the servers stay the same. */
            URI,
            /** At random. */
            RANDOM,
            /** The first server that has not reached its limit. */
            FIRST
        }
    }

    /**
     * Keeps a client at its server by a cookie, as long as the server exists.
     *
     * @param cookie name of the cookie: letters, digits, {@code _ -}, at most 64 characters
     */
    record Sticky(String cookie) implements BackendPolicy {

        private static final Pattern COOKIE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

        /** @throws IllegalArgumentException if the name is invalid */
        public Sticky {
            require(COOKIE, cookie, "the name of a cookie", "letters, digits, _ and -");
        }
    }

    /**
     * Sets time limits; an empty value stands for the operator's limit.
     *
     * @param connect until a server has accepted a connection, over all attempts; whole milliseconds, 1 ms to a day, as
     *     for all
     * @param server until a server answers, and while it is inactive
     * @param tunnel while both sides of a WebSocket or similar connection are inactive
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
     * Limits the number of simultaneous requests to the server; other requests wait.
     *
     * @param perServer 1 to 1,000,000
     */
    record ConcurrencyLimit(int perServer) implements BackendPolicy, ServerPolicy {

        private static final int MOST = 1_000_000;

        /** @throws IllegalArgumentException if the number is out of range */
        public ConcurrencyLimit {
            requireRange("per server", perServer, 1, MOST);
        }
    }

    /**
     * Sets when and how often a request is sent again that a server has not answered, or has answered with an error. A
     * request that may have been carried out is sent again only if its method is safe to repeat (RFC 9110, section
     * 9.2.2): GET, HEAD and OPTIONS.
     *
     * @param most maximum number of retries, 0 to 10; empty: the load balancer's default
     * @param causes causes of a retry; empty: the load balancer's default
     */
    record Retries(Optional<Integer> most, List<Cause> causes) implements BackendPolicy {

        private static final int MOST = 10;

        /** Cause of a retry. */
        public enum Cause {
            /** The connection failed. */
            CONNECT,
            /** The server closed the connection without an answer. */
            EMPTY,
            /** The server was inactive for too long. */
            TIMEOUT,
            /** The status of the answer was 500. */
            STATUS_500,
            /** The status of the answer was 502. */
            STATUS_502,
            /** The status of the answer was 503. */
            STATUS_503,
            /** The status of the answer was 504. */
            STATUS_504
        }

        /**
         * Sorts the causes.
         *
         * @throws IllegalArgumentException if the number is out of range, or both values are empty
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
     * Sets how many checks in a row change the state of the server.
     *
     * @param rise successful checks until a server that was down gets requests; 1 to 100
     * @param fall failed checks until a server gets no more requests; 1 to 100
     */
    record CheckThresholds(int rise, int fall) implements BackendPolicy, ServerPolicy {

        private static final int MOST = 100;

        /** @throws IllegalArgumentException if a value is out of range */
        public CheckThresholds {
            requireRange("rise", rise, 1, MOST);
            requireRange("fall", fall, 1, MOST);
        }
    }

    /**
     * Raises the share of requests of the server gradually after it has come up.
     *
     * @param time time until the server has its whole share; whole milliseconds, 1 s to 1 h
     */
    record SlowStart(Duration time) implements BackendPolicy, ServerPolicy {
        /** @throws IllegalArgumentException if the time is out of range */
        public SlowStart {
            requireRange("slow start", time, Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofMillis(1));
        }
    }

    /** Uses HTTP/2 without TLS to the server (RFC 9113, prior knowledge), as gRPC needs it. */
    record Http2ToServers() implements BackendPolicy, ServerPolicy {}

    /**
     * Uses TLS to the server, with the requested host name as SNI.
     *
     * @param verified whether the server must present a certificate for that name from an authority that the system
     *     trusts
     * @param checkName the name that health checks send as SNI; empty: none
     */
    record TlsToServers(boolean verified, Optional<HostName> checkName) implements BackendPolicy, ServerPolicy {
        /** @throws IllegalArgumentException if the name is not a single name */
        public TlsToServers {
            if (checkName.isPresent() && !checkName.get().isExact()) {
                throw new IllegalArgumentException("what stands for many names cannot be SNI: " + checkName.get());
            }
        }

        /** Creates a policy whose checks send no SNI. */
        public TlsToServers(boolean verified) {
            this(verified, Optional.empty());
        }
    }

    /**
     * Begins connections to the server with a header of the PROXY protocol.
     *
     * @param version 1 or 2
     */
    record ProxyProtocol(int version) implements BackendPolicy, ServerPolicy {
        /** @throws IllegalArgumentException for any other version */
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
