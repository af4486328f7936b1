package io.interlock.app.topology.field;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.Balance.Algorithm;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.BackendPolicy.Redirects.Redirect;
import io.interlock.api.topology.BackendPolicy.Retries.Cause;
import io.interlock.api.topology.HeaderChange;
import io.interlock.app.topology.findings.FieldValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Policies as containers write them. Each method gives what the value asks for, nothing if it says that nothing is asked for, and
 * throws an {@link IllegalArgumentException} that says what was expected if it cannot be understood.
 */
public final class SingleFieldPolicySyntax {

    private static final int PERMANENT = 308;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, PERMANENT);
    private static final Duration HSTS_AGE = Duration.ofDays(365);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
    private static final String COOKIE = "INTERLOCK";

    private static final String BELOW = "/*";

    private static final Pattern RATE = Pattern.compile("([0-9]{1,7}) ?/ ?([0-9]{0,4})(s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmgKMG]?)");
    private static final Pattern AGE = Pattern.compile("(?i)max-age=([0-9]{1,9})");

    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "roundrobin", Algorithm.ROUND_ROBIN,
            "leastconn", Algorithm.LEAST_CONNECTIONS,
            "source", Algorithm.SOURCE,
            "uri", Algorithm.URI,
            "random", Algorithm.RANDOM,
            "first", Algorithm.FIRST);

    private static final Map<String, Cause> CAUSES = Map.of(
            "connect", Cause.CONNECT,
            "empty", Cause.EMPTY,
            "timeout", Cause.TIMEOUT,
            "500", Cause.STATUS_500,
            "502", Cause.STATUS_502,
            "503", Cause.STATUS_503,
            "504", Cause.STATUS_504);

    private SingleFieldPolicySyntax() {}

    static Optional<BackendPolicy> httpsOnly(FieldValue given) {
        return redirect(given).map(BackendPolicy.HttpsOnly::new);
    }

    /** Status of a redirect: true for the usual one. */
    public static Optional<Integer> redirect(FieldValue given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(PERMANENT) : Optional.empty();
        }
        int status = given.integer().orElse(0);
        if (!REDIRECTS.contains(status)) {
            throw expected("true, false, or the status of the redirect: 301, 302, 307 or 308");
        }
        return Optional.of(status);
    }

    static Optional<BackendPolicy> redirects(FieldValue given) {
        return Optional.of(new BackendPolicy.Redirects(list(given, text(SingleFieldPolicySyntax::redirectOfPath))));
    }

    /** {@code FROM TO [STATUS]}; a star at the end of the one stands for all below, of the other for what stood there. */
    private static Redirect redirectOfPath(String text) {
        List<String> words = Tokens.of(text);
        boolean counted = words.size() == 2 || words.size() == 3;
        if (!counted || (words.size() == 3 && !words.get(2).matches("[0-9]{3}"))) {
            throw expected("\"FROM TO\" or \"FROM TO STATUS\", such as \"/old/* /new/* 301\"");
        }
        boolean below = words.get(0).endsWith(BELOW);
        boolean appended = words.get(1).endsWith(BELOW);
        if (appended && !below) {
            throw expected("/* in FROM, too, if there is one in TO");
        }
        String from = below ? without(words.get(0)) : words.get(0);
        return new Redirect(
                from.isEmpty() ? "/" : from,
                below,
                appended ? without(words.get(1)) : words.get(1),
                appended,
                words.size() == 3 ? Integer.parseInt(words.get(2)) : PERMANENT);
    }

    private static String without(String path) {
        return path.substring(0, path.length() - BELOW.length());
    }

    static Optional<BackendPolicy> hsts(FieldValue given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get()
                    ? Optional.of(new BackendPolicy.StrictTransportSecurity(HSTS_AGE, false, false))
                    : Optional.empty();
        }
        Optional<Duration> age = Optional.empty();
        boolean subDomains = false;
        boolean preload = false;
        for (String directive : given.text().orElse("").split(";", -1)) {
            String word = directive.strip().toLowerCase(Locale.ROOT);
            Matcher matcher = AGE.matcher(word);
            if (matcher.matches() && age.isEmpty()) {
                age = Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1))));
            } else if (word.equals("includesubdomains")) {
                subDomains = true;
            } else if (word.equals("preload")) {
                preload = true;
            } else {
                throw expected("true, or the value of the header, such as \"max-age=31536000; includeSubDomains\"");
            }
        }
        boolean all = subDomains;
        boolean built = preload;
        return Optional.of(age.map(time -> new BackendPolicy.StrictTransportSecurity(time, all, built))
                .orElseThrow(() -> expected("a max-age, such as \"max-age=31536000\"")));
    }

    static Optional<BackendPolicy> allowed(FieldValue given) {
        return Optional.of(new BackendPolicy.AllowedClients(list(given, text(AddressRange::of))));
    }

    static Optional<BackendPolicy> denied(FieldValue given) {
        return Optional.of(new BackendPolicy.DeniedClients(list(given, text(AddressRange::of))));
    }

    static Optional<BackendPolicy> rateLimit(FieldValue given) {
        Matcher matcher = RATE.matcher(given.text().orElse(""));
        if (!matcher.matches()) {
            throw expected("requests per time, such as \"100/s\", \"100/10s\" or \"600/m\"");
        }
        long count = matcher.group(2).isEmpty() ? 1 : Long.parseLong(matcher.group(2));
        long unit = switch (matcher.group(3)) {
            case "s" -> 1;
            case "m" -> 60;
            default -> 3600;
        };
        return Optional.of(
                new BackendPolicy.RateLimit(Integer.parseInt(matcher.group(1)), Duration.ofSeconds(count * unit)));
    }

    static Optional<BackendPolicy> bodyLimit(FieldValue given) {
        Matcher matcher = SIZE.matcher(
                given.value().isIntegralNumber() ? given.shown() : given.text().orElse(""));
        if (!matcher.matches()) {
            throw expected("a number of bytes, such as 65536, \"512k\" or \"10m\"");
        }
        int shift = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        long count = Long.parseLong(matcher.group(1));
        if (count > Long.MAX_VALUE >> shift) {
            throw expected("a number of bytes below 2^63");
        }
        return Optional.of(new BackendPolicy.BodyLimit(count << shift));
    }

    static Optional<BackendPolicy> basicAuthentication(FieldValue given) {
        return Optional.of(new BackendPolicy.BasicAuthentication(list(given, text(SingleFieldPolicySyntax::user))));
    }

    private static User user(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw expected("USER:HASH, as htpasswd and openssl passwd make it");
        }
        return new User(text.substring(0, colon), text.substring(colon + 1));
    }

    static Optional<BackendPolicy> maintenance(FieldValue given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(new BackendPolicy.Maintenance(RETRY_AFTER)) : Optional.empty();
        }
        return Optional.of(new BackendPolicy.Maintenance(Duration.ofSeconds(given.integer()
                .orElseThrow(() -> expected("true, false, or the seconds after which clients may try again")))));
    }

    static Optional<BackendPolicy> requestHeaders(FieldValue given) {
        return Optional.of(new BackendPolicy.RequestHeaders(list(given, text(SingleFieldPolicySyntax::header))));
    }

    static Optional<BackendPolicy> responseHeaders(FieldValue given) {
        return Optional.of(new BackendPolicy.ResponseHeaders(list(given, text(SingleFieldPolicySyntax::header))));
    }

    public static HeaderChange header(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw expected("\"NAME: VALUE\", or \"NAME:\" to remove a header");
        }
        String value = text.substring(colon + 1).strip();
        return new HeaderChange(
                text.substring(0, colon).strip(), value.isEmpty() ? Optional.empty() : Optional.of(value));
    }

    static Optional<BackendPolicy> requestIds(FieldValue given) {
        return flag(given, new BackendPolicy.RequestIds());
    }

    static Optional<BackendPolicy> errorPages(FieldValue given) {
        return Optional.of(
                new BackendPolicy.ErrorPages(given.text().orElseThrow(() -> expected("the name of error pages"))));
    }

    static Optional<BackendPolicy> accessLog(FieldValue given) {
        return bool(given) ? Optional.empty() : Optional.of(new BackendPolicy.Unlogged());
    }

    static int retries(FieldValue given) {
        int most = given.integer().orElseThrow(() -> expected("how often a request may be sent again, 0 to 10"));
        return new BackendPolicy.Retries(Optional.of(most), List.of()).most().orElseThrow();
    }

    static List<Cause> causes(FieldValue given) {
        return list(given, element -> {
            Cause cause = CAUSES.get(element.shown().strip());
            if (cause == null) {
                throw expected("some of "
                        + String.join(", ", CAUSES.keySet().stream().sorted().toList()));
            }
            return cause;
        });
    }

    static Optional<BackendPolicy> balance(FieldValue given) {
        Algorithm algorithm = ALGORITHMS.get(given.text().orElse(""));
        if (algorithm == null) {
            throw expected("one of "
                    + String.join(", ", ALGORITHMS.keySet().stream().sorted().toList()));
        }
        return Optional.of(new BackendPolicy.Balance(algorithm));
    }

    static Optional<BackendPolicy> addressHash(FieldValue given) {
        return flag(given, new BackendPolicy.Balance(Algorithm.SOURCE));
    }

    static Optional<BackendPolicy> sticky(FieldValue given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(new BackendPolicy.Sticky(COOKIE)) : Optional.empty();
        }
        return Optional.of(new BackendPolicy.Sticky(
                given.text().orElseThrow(() -> expected("true, false, or the name of the cookie"))));
    }

    static Optional<BackendPolicy> concurrencyLimit(FieldValue given) {
        return Optional.of(new BackendPolicy.ConcurrencyLimit(
                given.integer().orElseThrow(() -> expected("how many requests a container takes at one time"))));
    }

    static Optional<BackendPolicy> protocol(FieldValue given) {
        return switch (given.text().orElse("").toLowerCase(Locale.ROOT)) {
            case "h2" -> Optional.of(new BackendPolicy.Http2ToServers());
            case "h1", "http/1.1" -> Optional.empty();
            default -> throw expected("h2 or h1");
        };
    }

    static Optional<BackendPolicy> proxyProtocol(FieldValue given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(new BackendPolicy.ProxyProtocol(1)) : Optional.empty();
        }
        return switch (given.text().orElse("")) {
            case "v1" -> Optional.of(new BackendPolicy.ProxyProtocol(1));
            case "v2" -> Optional.of(new BackendPolicy.ProxyProtocol(2));
            default -> throw expected("true, false, v1 or v2");
        };
    }

    static Optional<BackendPolicy> slowStart(FieldValue given) {
        return Optional.of(new BackendPolicy.SlowStart(milliseconds(given)));
    }

    static Duration milliseconds(FieldValue given) {
        return Duration.ofMillis(given.integer().orElseThrow(() -> expected("milliseconds")));
    }

    static Duration seconds(FieldValue given) {
        return Duration.ofSeconds(given.integer().orElseThrow(() -> expected("seconds")));
    }

    static boolean bool(FieldValue given) {
        return given.bool().orElseThrow(() -> expected("true or false"));
    }

    /** What a truth value asks for. */
    static Optional<BackendPolicy> flag(FieldValue given, BackendPolicy policy) {
        return bool(given) ? Optional.of(policy) : Optional.empty();
    }

    /** All elements of a list; one that is wrong makes the whole list wrong. */
    public static <T> List<T> list(FieldValue given, Function<FieldValue, T> element) {
        List<FieldValue> elements = given.elements().orElseThrow(() -> expected("a list"));
        if (elements.size() > ValueForm.USUAL_ELEMENTS) {
            throw expected("at most " + ValueForm.USUAL_ELEMENTS + " elements");
        }
        List<T> list = new ArrayList<>();
        elements.forEach(each -> list.add(element.apply(each)));
        return list.stream().distinct().toList();
    }

    public static <T> Function<FieldValue, T> text(Function<String, T> parse) {
        return given -> parse.apply(given.text().orElseThrow(() -> expected("a list of texts")));
    }

    public static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected " + what);
    }
}
