package io.interlock.api.topology;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a load balancer finds out whether a server of a backend can take requests. */
public sealed interface HealthCheck {

    /** The server accepts a TCP connection. */
    record Tcp() implements HealthCheck {}

    /**
     * The server answers an HTTP request with a certain status.
     *
     * @param method upper case token of RFC 9110
     * @param uri what stands in the request line; starts with {@code /} or is {@code *}; visible ASCII without blanks,
     *     quotes or backslashes
     * @param host the Host header; without it the request is one of HTTP/1.0
     * @param headers further header fields, each with a value; at most 20
     * @param expected the statuses that are good
     */
    record Http(String method, String uri, Optional<HostName> host, List<HeaderChange> headers, Statuses expected)
            implements HealthCheck {

        private static final int MAX_HEADERS = 20;

        private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
        private static final Pattern URI = Pattern.compile("\\*|/[A-Za-z0-9._~:/?#\\[\\]@!$&()*+,;=%-]{0,1023}");

        /**
         * @throws IllegalArgumentException if the method or the URI is none, or the host no single name, or a header has no value, or there
         *     are too many
         */
        public Http {
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException(
                        "not an HTTP method: " + QuotedText.quoted(method) + ", expected one such as GET or HEAD");
            }
            if (!URI.matcher(uri).matches()) {
                throw new IllegalArgumentException(
                        "not a request URI: " + QuotedText.quoted(uri) + ", expected one such as /health");
            }
            if (host.isPresent() && !host.get().isExact()) {
                throw new IllegalArgumentException("what stands for many names cannot be a Host header: " + host.get());
            }
            headers = List.copyOf(headers);
            if (headers.size() > MAX_HEADERS
                    || headers.stream().anyMatch(header -> header.value().isEmpty())) {
                throw new IllegalArgumentException("expected at most " + MAX_HEADERS + " headers, each with a value");
            }
        }

        /** One with no further headers, for which all from 200 to 399 is good. */
        public Http(String method, String uri, Optional<HostName> host) {
            this(method, uri, host, List.of(), Statuses.USUAL);
        }
    }

    /**
     * Statuses of HTTP.
     *
     * @param least 100 to 599
     * @param most at least that, up to 599
     */
    record Statuses(int least, int most) {

        /** Those that mean success, or a redirect. */
        public static final Statuses USUAL = new Statuses(200, 399);

        private static final int LEAST = 100;
        private static final int MOST = 599;

        /**
         * @throws IllegalArgumentException if one is no status, or there is none between them
         */
        public Statuses {
            if (least < LEAST || most > MOST || least > most) {
                throw new IllegalArgumentException(
                        "not a range of statuses: " + least + "-" + most + ", expected one such as 200-299");
            }
        }

        @Override
        public String toString() {
            return least == most ? Integer.toString(least) : least + "-" + most;
        }
    }

    /**
     * The server greets in the way of a protocol other than HTTP.
     *
     * @param kind the protocol
     * @param user the name to log in with, where the protocol has one; letters, digits, {@code _ . -}
     */
    record Protocol(Kind kind, Optional<String> user) implements HealthCheck {

        private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

        /** The protocols that can be checked. */
        public enum Kind {
            LDAP,
            MYSQL,
            POSTGRESQL,
            REDIS,
            SMTP,
            TLS;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /**
         * @throws IllegalArgumentException if the user is none, is given where the protocol has none, or misses where it
         *     needs one
         */
        public Protocol {
            boolean mayLogIn = kind == Kind.MYSQL || kind == Kind.POSTGRESQL;
            if (user.isPresent() && !(mayLogIn && USER.matcher(user.get()).matches())) {
                throw new IllegalArgumentException(
                        "not a user of a " + kind + " check: " + QuotedText.quoted(user.get()));
            }
            if (kind == Kind.POSTGRESQL && user.isEmpty()) {
                throw new IllegalArgumentException("a postgresql check needs a user");
            }
        }
    }
}
