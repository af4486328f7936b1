package io.interlock.app.topology;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.Policy;
import io.interlock.api.topology.Policy.Balance.Algorithm;
import io.interlock.api.topology.Policy.BasicAuthentication.User;
import io.interlock.api.topology.Policy.Redirects.Redirect;
import io.interlock.api.topology.Policy.Retries.Cause;
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
final class PolicySyntax {

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

    private PolicySyntax() {}

    static Optional<Policy> httpsOnly(Given given) {
        return redirect(given).map(Policy.HttpsOnly::new);
    }

    /** Status of a redirect: true for the usual one. */
    static Optional<Integer> redirect(Given given) {
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

    static Optional<Policy> redirects(Given given) {
        return Optional.of(new Policy.Redirects(list(given, text(PolicySyntax::redirectOfPath))));
    }

    /** {@code FROM TO [STATUS]}; a star at the end of the one stands for all below, of the other for what stood there. */
    private static Redirect redirectOfPath(String text) {
        List<String> words = Words.of(text);
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

    static Optional<Policy> hsts(Given given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get()
                    ? Optional.of(new Policy.StrictTransportSecurity(HSTS_AGE, false, false))
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
        return Optional.of(age.map(time -> new Policy.StrictTransportSecurity(time, all, built))
                .orElseThrow(() -> expected("a max-age, such as \"max-age=31536000\"")));
    }

    static Optional<Policy> allowed(Given given) {
        return Optional.of(new Policy.AllowedClients(list(given, text(AddressRange::of))));
    }

    static Optional<Policy> denied(Given given) {
        return Optional.of(new Policy.DeniedClients(list(given, text(AddressRange::of))));
    }

    static Optional<Policy> rateLimit(Given given) {
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
        return Optional.of(new Policy.RateLimit(Integer.parseInt(matcher.group(1)), Duration.ofSeconds(count * unit)));
    }

    static Optional<Policy> bodyLimit(Given given) {
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
        return Optional.of(new Policy.BodyLimit(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift)));
    }

    static Optional<Policy> basicAuthentication(Given given) {
        return Optional.of(new Policy.BasicAuthentication(list(given, text(PolicySyntax::user))));
    }

    private static User user(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw expected("USER:HASH, as htpasswd and openssl passwd make it");
        }
        return new User(text.substring(0, colon), text.substring(colon + 1));
    }

    static Optional<Policy> maintenance(Given given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(new Policy.Maintenance(RETRY_AFTER)) : Optional.empty();
        }
        return Optional.of(new Policy.Maintenance(Duration.ofSeconds(given.integer()
                .orElseThrow(() -> expected("true, false, or the seconds after which clients may try again")))));
    }

    static Optional<Policy> requestHeaders(Given given) {
        return Optional.of(new Policy.RequestHeaders(list(given, text(PolicySyntax::header))));
    }

    static Optional<Policy> responseHeaders(Given given) {
        return Optional.of(new Policy.ResponseHeaders(list(given, text(PolicySyntax::header))));
    }

    static HeaderChange header(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw expected("\"NAME: VALUE\", or \"NAME:\" to remove a header");
        }
        String value = text.substring(colon + 1).strip();
        return new HeaderChange(
                text.substring(0, colon).strip(), value.isEmpty() ? Optional.empty() : Optional.of(value));
    }

    static Optional<Policy> requestIds(Given given) {
        return flag(given, new Policy.RequestIds());
    }

    static Optional<Policy> errorPages(Given given) {
        return Optional.of(new Policy.ErrorPages(given.text().orElseThrow(() -> expected("the name of error pages"))));
    }

    static Optional<Policy> accessLog(Given given) {
        return bool(given) ? Optional.empty() : Optional.of(new Policy.Unlogged());
    }

    static int retries(Given given) {
        int most = given.integer().orElseThrow(() -> expected("how often a request may be sent again, 0 to 10"));
        return new Policy.Retries(Optional.of(most), List.of()).most().orElseThrow();
    }

    static List<Cause> causes(Given given) {
        return list(given, element -> {
            Cause cause = CAUSES.get(element.shown().strip());
            if (cause == null) {
                throw expected("some of "
                        + String.join(", ", CAUSES.keySet().stream().sorted().toList()));
            }
            return cause;
        });
    }

    static Optional<Policy> balance(Given given) {
        Algorithm algorithm = ALGORITHMS.get(given.text().orElse(""));
        if (algorithm == null) {
            throw expected("one of "
                    + String.join(", ", ALGORITHMS.keySet().stream().sorted().toList()));
        }
        return Optional.of(new Policy.Balance(algorithm));
    }

    static Optional<Policy> addressHash(Given given) {
        return flag(given, new Policy.Balance(Algorithm.SOURCE));
    }

    static Optional<Policy> sticky(Given given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(new Policy.Sticky(COOKIE)) : Optional.empty();
        }
        return Optional.of(
                new Policy.Sticky(given.text().orElseThrow(() -> expected("true, false, or the name of the cookie"))));
    }

    static Optional<Policy> concurrencyLimit(Given given) {
        return Optional.of(new Policy.ConcurrencyLimit(
                given.integer().orElseThrow(() -> expected("how many requests a container takes at one time"))));
    }

    static Optional<Policy> protocol(Given given) {
        return switch (given.text().orElse("").toLowerCase(Locale.ROOT)) {
            case "h2" -> Optional.of(new Policy.Http2ToServers());
            case "h1", "http/1.1" -> Optional.empty();
            default -> throw expected("h2 or h1");
        };
    }

    static Optional<Policy> proxyProtocol(Given given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(new Policy.ProxyProtocol(1)) : Optional.empty();
        }
        return switch (given.text().orElse("")) {
            case "v1" -> Optional.of(new Policy.ProxyProtocol(1));
            case "v2" -> Optional.of(new Policy.ProxyProtocol(2));
            default -> throw expected("true, false, v1 or v2");
        };
    }

    static Optional<Policy> slowStart(Given given) {
        return Optional.of(new Policy.SlowStart(milliseconds(given)));
    }

    static Duration milliseconds(Given given) {
        return Duration.ofMillis(given.integer().orElseThrow(() -> expected("milliseconds")));
    }

    static Duration seconds(Given given) {
        return Duration.ofSeconds(given.integer().orElseThrow(() -> expected("seconds")));
    }

    static boolean bool(Given given) {
        return given.bool().orElseThrow(() -> expected("true or false"));
    }

    /** What a truth value asks for. */
    static Optional<Policy> flag(Given given, Policy policy) {
        return bool(given) ? Optional.of(policy) : Optional.empty();
    }

    /** All elements of a list; one that is wrong makes the whole list wrong. */
    static <T> List<T> list(Given given, Function<Given, T> element) {
        List<Given> elements = given.elements().orElseThrow(() -> expected("a list"));
        if (elements.size() > ValueForm.USUAL_ELEMENTS) {
            throw expected("at most " + ValueForm.USUAL_ELEMENTS + " elements");
        }
        List<T> list = new ArrayList<>();
        elements.forEach(each -> list.add(element.apply(each)));
        return list.stream().distinct().toList();
    }

    static <T> Function<Given, T> text(Function<String, T> parse) {
        return given -> parse.apply(given.text().orElseThrow(() -> expected("a list of texts")));
    }

    static IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("expected " + what);
    }
}
