package io.interlock.app.topology.field;

import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.BackendPolicy.Redirects.Redirect;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.app.topology.findings.FieldValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parsers of the policies that one field makes up. Each method returns the policy that the value asks for, or empty if
 * the value asks for none. It throws an {@link IllegalArgumentException} that says what was expected if it cannot
 * understand the value.
 */
public final class SingleFieldPolicySyntax {

    private static final int PERMANENT = 308;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, PERMANENT);
    private static final Duration HSTS_AGE = Duration.ofDays(365);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
    private static final String BELOW = "/*";

    private static final Pattern RATE = Pattern.compile("([0-9]{1,7}) ?/ ?([0-9]{0,4})(s|m|h)");
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^:\\s]{1,253})(?::([0-9]{1,5}))?");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kmgKMG]?)");
    private static final Pattern AGE = Pattern.compile("(?i)max-age=([0-9]{1,9})");

    private SingleFieldPolicySyntax() {}

    static Optional<BackendPolicy> httpsOnly(FieldValue given) {
        return redirect(given).map(BackendPolicy.HttpsOnly::new);
    }

    /** Returns the status of a redirect; {@code true} means the default status. */
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

    static Optional<BackendPolicy> redirects(PolicyFieldValues values) {
        return values.elements(ContainerField.REDIRECTS, SingleFieldPolicySyntax::redirectOfPath)
                .map(BackendPolicy.Redirects::new);
    }

    /**
     * Parses {@code FROM TO [STATUS]}. A {@code /*} at the end of FROM matches all paths below; at the end of TO it
     * stands for the matched rest of the path.
     */
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
        String to = appended ? without(words.get(1)) : words.get(1);
        return new Redirect(
                from.isEmpty() ? Route.EVERYTHING : PathSyntax.prefix(from),
                below,
                to.isEmpty() ? Route.EVERYTHING : to,
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

    static Optional<BackendPolicy> requestHeaders(PolicyFieldValues values) {
        return values.elements(ContainerField.REQUEST_HEADERS, SingleFieldPolicySyntax::header)
                .map(BackendPolicy.RequestHeaders::new);
    }

    static Optional<BackendPolicy> responseHeaders(PolicyFieldValues values) {
        return values.elements(ContainerField.RESPONSE_HEADERS, SingleFieldPolicySyntax::header)
                .map(BackendPolicy.ResponseHeaders::new);
    }

    public static HeaderChange header(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw expected("\"NAME: VALUE\", or \"NAME:\" to remove a header");
        }
        String value = text.substring(colon + 1).strip();
        String name = text.substring(0, colon).strip();
        return value.isEmpty() ? HeaderChange.removal(name) : HeaderChange.set(name, value);
    }

    static Optional<BackendPolicy> upgrades(FieldValue given) {
        return Optional.of(new BackendPolicy.Upgrades(list(given, text(String::strip))));
    }

    static Optional<BackendPolicy> upstreamHost(FieldValue given) {
        Matcher matcher = HOST_AND_PORT.matcher(given.text().orElse(""));
        if (!matcher.matches()) {
            throw expected("a host name, or one with a port such as files.example.com:8443");
        }
        return Optional.of(new BackendPolicy.UpstreamHost(
                HostName.of(matcher.group(1)),
                matcher.group(2) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(2)))));
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

    static Duration milliseconds(FieldValue given) {
        return Duration.ofMillis(given.integer().orElseThrow(() -> expected("milliseconds")));
    }

    static Duration seconds(FieldValue given) {
        return Duration.ofSeconds(given.integer().orElseThrow(() -> expected("seconds")));
    }

    static boolean bool(FieldValue given) {
        return given.bool().orElseThrow(() -> expected("true or false"));
    }

    /** Returns the policy if the value is true, empty if it is false. */
    static Optional<BackendPolicy> flag(FieldValue given, BackendPolicy policy) {
        return bool(given) ? Optional.of(policy) : Optional.empty();
    }

    /** Parses all elements of a list. One wrong element makes the whole list wrong. */
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
