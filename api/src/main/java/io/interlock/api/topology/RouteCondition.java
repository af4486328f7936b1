package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Condition that a request must meet, besides host name and path, for a {@link Route} to be taken. */
@Experimental
public sealed interface RouteCondition {

    /**
     * Condition that the request has a header field; of several fields with the name, one must match.
     *
     * @param name a name as in {@link HeaderChange}
     * @param value the whole value, or one of its comma-separated parts, case-sensitive: visible ASCII and inner
     *     blanks, at most 256 characters; empty: any value
     */
    record Header(String name, Optional<String> value) implements RouteCondition {
        /** @throws IllegalArgumentException if the name or the value is invalid */
        public Header {
            HeaderChange.requireName(name);
            requireValue(value);
        }
    }

    /**
     * Condition that the request has a cookie.
     *
     * @param name letters, digits, {@code _ . -}, at most 128 characters
     * @param value its value, case-sensitive, with the characters of a header's value; empty: any value
     */
    record Cookie(String name, Optional<String> value) implements RouteCondition {
        /** @throws IllegalArgumentException if the name or the value is invalid */
        public Cookie {
            requireName("cookie", name);
            requireValue(value);
        }
    }

    /**
     * Condition that the request's URL has a parameter in its query.
     *
     * @param name letters, digits, {@code _ . -}, at most 128 characters
     * @param value its value as it stands in the URL, case-sensitive, with the characters of a header's value; empty:
     *     any value
     */
    record Query(String name, Optional<String> value) implements RouteCondition {
        /** @throws IllegalArgumentException if the name or the value is invalid */
        public Query {
            requireName("parameter", name);
            requireValue(value);
        }
    }

    /**
     * Condition that the request has one of these methods.
     *
     * @param methods upper case tokens of RFC 9110; 1 to 20
     */
    record Method(List<String> methods) implements RouteCondition {

        private static final int MOST = 20;
        private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");

        /** @throws IllegalArgumentException if there is no method, or one is invalid */
        public Method {
            methods = methods.stream().sorted().distinct().toList();
            requireCount(methods, MOST);
            for (String method : methods) {
                if (!METHOD.matcher(method).matches()) {
                    throw new IllegalArgumentException(
                            "not an HTTP method: " + QuotedText.quoted(method) + ", expected one such as GET or POST");
                }
            }
        }
    }

    /**
     * Condition that the client's address is in one of these ranges.
     *
     * @param ranges 1 to 200
     */
    record Client(List<AddressRange> ranges) implements RouteCondition {

        private static final int MOST = 200;

        /** @throws IllegalArgumentException if there are no ranges, or too many */
        public Client {
            ranges = List.copyOf(ranges);
            requireCount(ranges, MOST);
        }
    }

    /**
     * Condition that the request's path is the route's prefix itself, and not below it. It alone does not keep a route from being
     * {@linkplain Route#isPlain plain}.
     *
     * @param slash whether the path has a slash at its end; true for the prefix {@code /}
     */
    record ExactPath(boolean slash) implements RouteCondition {}

    /**
     * Condition that the request's path matches one of these expressions as a whole.
     *
     * @param expressions 1 to 5, none twice
     */
    record Path(List<PathExpression> expressions) implements RouteCondition {

        private static final int MOST = 5;

        /** @throws IllegalArgumentException if there is no expression, or too many */
        public Path {
            expressions = expressions.stream()
                    .distinct()
                    .sorted(Comparator.comparing(PathExpression::value))
                    .toList();
            requireCount(expressions, MOST);
        }

        /** Whether one of them matches the path of a request in normal form. */
        public boolean matches(String path) {
            return expressions.stream().anyMatch(expression -> expression.matches(path));
        }
    }

    private static void requireCount(List<?> list, int most) {
        if (list.isEmpty() || list.size() > most) {
            throw new IllegalArgumentException("expected 1 to " + most + ", there are " + list.size());
        }
    }

    private static void requireName(String what, String name) {
        if (!Grammar.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a " + what + ": " + QuotedText.quoted(name)
                    + ", expected letters, digits, _ . and -");
        }
    }

    private static void requireValue(Optional<String> value) {
        if (value.isPresent() && !Grammar.VALUE.matcher(value.get()).matches()) {
            throw new IllegalArgumentException("not a value to compare with: " + QuotedText.quoted(value.get())
                    + ", expected visible ASCII characters and inner blanks, at most 256");
        }
    }

    /** Grammar of names and values. */
    final class Grammar {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
        private static final Pattern VALUE = Pattern.compile("[!-~](?:[ -~]{0,254}[!-~])?");

        private Grammar() {}
    }
}
