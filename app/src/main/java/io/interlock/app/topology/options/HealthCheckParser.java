package io.interlock.app.topology.options;

import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HealthCheck.Http;
import io.interlock.api.topology.HealthCheck.Protocol;
import io.interlock.api.topology.HealthCheck.Protocol.Kind;
import io.interlock.api.topology.HealthCheck.Tcp;
import io.interlock.api.topology.HostName;
import io.interlock.app.topology.field.Tokens;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Parses a check as written after HAProxy's {@code option}: {@code httpchk GET /health}, {@code tcp-check},
 * {@code mysql-check user haproxy}. A Host header follows as in {@code httpchk GET / HTTP/1.1\r\nHost:\ example.com},
 * where the escape sequences may be literal or already replaced by their characters.
 */
final class HealthCheckParser {

    private static final int MAX_LENGTH = 2_000;
    private static final String EXPECTED = "expected one such as \"httpchk GET /\" or \"tcp-check\"";
    private static final String DEFAULT_METHOD = "OPTIONS";

    private HealthCheckParser() {}

    /**
     * @throws IllegalArgumentException if the text is not a valid check
     */
    static HealthCheck parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a check of more than " + MAX_LENGTH + " characters, " + EXPECTED);
        }
        List<String> words = Tokens.withoutPrefix("option", Tokens.of(text));
        String kind = words.isEmpty() ? "" : words.getFirst();
        List<String> arguments = words.isEmpty() ? words : words.subList(1, words.size());
        return switch (kind) {
            case "httpchk" -> http(Tokens.join(arguments));
            case "tcp-check" -> withoutArguments(arguments, new Tcp());
            case "ssl-hello-chk" -> withoutArguments(arguments, new Protocol(Kind.TLS, Optional.empty()));
            case "ldap-check" -> withoutArguments(arguments, new Protocol(Kind.LDAP, Optional.empty()));
            case "redis-check" -> withoutArguments(arguments, new Protocol(Kind.REDIS, Optional.empty()));
            case "smtpchk" -> withoutArguments(arguments, new Protocol(Kind.SMTP, Optional.empty()));
            case "mysql-check" -> new Protocol(Kind.MYSQL, user(withoutLast("post-41", arguments)));
            case "pgsql-check" -> new Protocol(Kind.POSTGRESQL, user(arguments));
            default -> throw new IllegalArgumentException("not a kind of check that is known, " + EXPECTED);
        };
    }

    private static HealthCheck withoutArguments(List<String> arguments, HealthCheck check) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException("this kind of check takes no arguments here, " + EXPECTED);
        }
        return check;
    }

    private static Optional<String> user(List<String> arguments) {
        if (arguments.isEmpty()) {
            return Optional.empty();
        }
        if (arguments.size() != 2 || !arguments.getFirst().equals("user")) {
            throw new IllegalArgumentException("this kind of check takes only \"user NAME\"");
        }
        return Optional.of(arguments.getLast());
    }

    /** Removes an optional argument: older HAProxy configurations had to name the present default. */
    private static List<String> withoutLast(String word, List<String> words) {
        return !words.isEmpty() && words.getLast().equals(word) ? words.subList(0, words.size() - 1) : words;
    }

    private static Http http(String request) {
        String[] lines = request.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\ ", " ")
                .strip()
                .split("\r?\n");
        List<String> line = Tokens.of(lines[0]);
        boolean hasVersion = line.size() == 3 && line.getLast().matches("HTTP/1\\.[01]");
        if (line.size() > 2 && !hasVersion) {
            throw new IllegalArgumentException("expected httpchk, then method, URI and HTTP/1.0 or HTTP/1.1 at most");
        }
        Optional<HostName> host = Optional.empty();
        for (int i = 1; i < lines.length; i++) {
            if (host.isPresent()) {
                throw new IllegalArgumentException("a check can have one header, Host");
            }
            host = Optional.of(host(lines[i]));
        }
        String method = line.size() > 1 ? line.getFirst() : DEFAULT_METHOD;
        String uri = line.isEmpty() ? "/" : line.get(line.size() > 1 ? 1 : 0);
        return new Http(method, uri, host);
    }

    private static HostName host(String header) {
        int colon = header.indexOf(':');
        if (colon < 0 || !header.substring(0, colon).toLowerCase(Locale.ROOT).equals("host")) {
            throw new IllegalArgumentException("a check can have one header, Host");
        }
        return HostName.of(header.substring(colon + 1));
    }
}
