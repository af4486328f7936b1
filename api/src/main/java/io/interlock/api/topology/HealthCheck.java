package io.interlock.api.topology;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Health check, by which a load balancer detects whether a server of a backend can take requests. */
public sealed interface HealthCheck {

    /** Check that the server accepts a TCP connection. */
    record Tcp() implements HealthCheck {}

    /**
     * Check that the server answers an HTTP request with an expected status.
     *
     * @param method upper case token of RFC 9110
     * @param uri the target in the request line; starts with {@code /} or is {@code *}; visible ASCII without blanks,
     *     quotes or backslashes
     * @param host the Host header; empty: the request uses HTTP/1.0
     * @param headers further header fields, each with a value; at most 20
     * @param expected the statuses of success
     */
    record Http(String method, String uri, Optional<HostName> host, List<HeaderChange> headers, Statuses expected)
            implements HealthCheck {

        private static final int MAX_HEADERS = 20;

        private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
        private static final Pattern URI = Pattern.compile("\\*|/[A-Za-z0-9._~:/?#\\[\\]@!$&()*+,;=%-]{0,1023}");

        /**
         * @throws IllegalArgumentException if the method or the URI is invalid, or the host is not a single name, or a
         *     header has no value, or there are too many headers
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

        /** Creates a check without further headers that expects a status from 200 to 399. */
        public Http(String method, String uri, Optional<HostName> host) {
            this(method, uri, host, List.of(), Statuses.USUAL);
        }
    }

    /**
     * Range of HTTP statuses.
     *
     * @param least 100 to 599
     * @param most at least {@code least}, up to 599
     */
    record Statuses(int least, int most) {

        /** Statuses that mean success or a redirect. */
        public static final Statuses USUAL = new Statuses(200, 399);

        private static final int LEAST = 100;
        private static final int MOST = 599;

        /** @throws IllegalArgumentException if a value is not a status, or the range is empty */
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
     * Check that the server sends the greeting of a protocol other than HTTP.
     *
     * @param kind the protocol
     * @param user the name for the login, if the protocol has one; letters, digits, {@code _ . -}
     */
    record Protocol(Kind kind, Optional<String> user) implements HealthCheck {

        private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

        /** Protocols with a check. */
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
         * @throws IllegalArgumentException if the user is invalid, is present although the protocol has none, or is
         *     missing although the protocol needs one
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
