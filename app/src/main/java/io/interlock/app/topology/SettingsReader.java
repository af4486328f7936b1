package io.interlock.app.topology;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Policy;
import io.interlock.api.topology.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges what a container asks for. A wrong port keeps it from being served, since any other port might be the wrong
 * one; every other wrong value is ignored.
 */
final class SettingsReader {

    private static final int DEFAULT_INTERVAL = 5_000;
    private static final int MIN_INTERVAL = 100;
    private static final int MAX_INTERVAL = 3_600_000;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_WEIGHT = 256;
    private static final int MAX_OPTIONS = 50;
    private static final int MAX_PRIORITY = 1_000;
    private static final Pattern SIGNED = Pattern.compile("-?[0-9]{1,4}");
    private static final Pattern STATUSES = Pattern.compile("([0-9]{3})(?:-([0-9]{3}))?");

    private final ContainerData data;
    private final Findings findings;

    private SettingsReader(ContainerData data, Findings findings) {
        this.data = data;
        this.findings = findings;
    }

    /**
     * @param listen the port at which it is to be served by TCP
     */
    static Settings read(ContainerData data, OptionalInt listen, Findings findings) {
        SettingsReader reader = new SettingsReader(data, findings);
        List<Setting<Policy>> policies = PolicyReader.read(data, findings);
        return new Settings(
                reader.port(),
                reader.network(),
                reader.weight(),
                reader.flag(Field.BACKUP),
                reader.healthcheck(),
                reader.release(),
                listen.isPresent()
                        ? Scope.at(listen.getAsInt())
                        : Scope.below(reader.path(), MatchReader.read(data, findings)),
                reader.priority(),
                reader.stripPath(),
                reader.warm(policies),
                reader.checkInterval(),
                reader.check(),
                reader.options(),
                TlsReader.read(data, findings),
                policies,
                PolicyReader.redirectAliases(data, findings));
    }

    private OptionalInt port() {
        Optional<Given> given = data.get(Field.PORT);
        if (given.isEmpty()) {
            return OptionalInt.empty();
        }
        int port = given.get().integer().orElse(0);
        if (port < 1 || port > MAX_PORT) {
            findings.leftOut(given.get(), "expected a TCP port, 1 to " + MAX_PORT + "; not served");
            return OptionalInt.empty();
        }
        return OptionalInt.of(port);
    }

    /** A wrong one keeps it from being served: in any other network it may not be meant to be. */
    private Optional<String> network() {
        Optional<Given> given = data.get(Field.NETWORK);
        if (given.isPresent() && given.get().text().isEmpty()) {
            findings.leftOut(given.get(), "expected the name of a network; not served");
        }
        return given.flatMap(Given::text);
    }

    private int weight() {
        Optional<Given> given = data.get(Field.WEIGHT);
        int weight = given.isEmpty() ? 1 : given.get().integer().orElse(-1);
        if (weight < 0 || weight > MAX_WEIGHT) {
            findings.ignored(given.orElseThrow(), "expected 0 to " + MAX_WEIGHT + "; 1 is used");
            weight = 1;
        }
        return weight;
    }

    /** A wrong one keeps it from being served: it would be sent what is meant for others. */
    private String path() {
        Optional<Given> given = data.get(Field.PATH);
        if (given.isEmpty()) {
            return Route.EVERYTHING;
        }
        String text = given.get().text().orElse("");
        String path = text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        try {
            return new Route(path, "any").pathPrefix();
        } catch (IllegalArgumentException e) {
            findings.leftOut(given.get(), e.getMessage() + "; not served");
            return Route.EVERYTHING;
        }
    }

    private Optional<Setting<Boolean>> stripPath() {
        Optional<Given> given = data.get(Field.STRIP_PATH);
        if (given.isPresent() && given.get().bool().isEmpty()) {
            findings.ignored(given.get(), "expected true or false; taken as false");
        }
        return given.flatMap(Given::bool).map(strip -> new Setting<>(strip, given.orElseThrow()));
    }

    private Optional<Setting<Integer>> priority() {
        Optional<Given> given = data.get(Field.PRIORITY);
        Optional<Integer> priority =
                given.flatMap(SettingsReader::signed).filter(number -> Math.abs(number) <= MAX_PRIORITY);
        if (given.isPresent() && priority.isEmpty()) {
            findings.leftOut(given.get(), "expected -" + MAX_PRIORITY + " to " + MAX_PRIORITY + "; not served");
        }
        return priority.map(number -> new Setting<>(number, given.orElseThrow()));
    }

    private boolean healthcheck() {
        Optional<Given> given = data.get(Field.HEALTHCHECK);
        if (given.isPresent() && given.get().bool().isEmpty()) {
            findings.ignored(given.get(), "expected true or false; taken as true");
        }
        return given.flatMap(Given::bool).orElse(true);
    }

    private int release() {
        Optional<Given> given = data.get(Field.RELEASE);
        OptionalInt release = given.isEmpty() ? OptionalInt.of(0) : given.get().integer();
        if (release.isEmpty() || release.getAsInt() < 0) {
            findings.ignored(given.orElseThrow(), "expected a whole number, 0 to 999999999; 0 is used");
        }
        return Math.max(0, release.orElse(0));
    }

    private static Optional<Integer> signed(Given given) {
        if (given.value().isIntegralNumber()) {
            return given.value().canConvertToInt() ? Optional.of(given.value().intValue()) : Optional.empty();
        }
        return given.text().filter(SIGNED.asMatchPredicate()).map(Integer::valueOf);
    }

    /** The first request is one of HTTP/1.1. */
    private boolean warm(List<Setting<Policy>> policies) {
        boolean plain = policies.stream()
                .map(Setting::value)
                .noneMatch(policy -> policy instanceof Policy.Http2ToServers
                        || policy instanceof Policy.TlsToServers
                        || policy instanceof Policy.ProxyProtocol);
        boolean warm = flag(Field.WARM);
        if (warm && !plain) {
            data.get(Field.WARM)
                    .ifPresent(given -> findings.ignored(
                            given, "the first request is one of plain HTTP/1.1, which it does not speak; ignored"));
        }
        return warm && plain;
    }

    private boolean flag(Field field) {
        Optional<Given> given = data.get(field);
        if (given.isPresent() && given.get().bool().isEmpty()) {
            findings.ignored(given.get(), "expected true or false; taken as false");
        }
        return given.flatMap(Given::bool).orElse(false);
    }

    private Duration checkInterval() {
        Optional<Given> given = data.get(Field.CHECK_INTERVAL);
        int millis = given.isEmpty() ? DEFAULT_INTERVAL : given.get().integer().orElse(0);
        if (millis < MIN_INTERVAL || millis > MAX_INTERVAL) {
            findings.ignored(
                    given.orElseThrow(),
                    "expected milliseconds, " + MIN_INTERVAL + " to " + MAX_INTERVAL + "; " + DEFAULT_INTERVAL
                            + " is used");
            millis = DEFAULT_INTERVAL;
        }
        return Duration.ofMillis(millis);
    }

    private Optional<Setting<HealthCheck>> check() {
        Optional<Given> given = data.get(Field.CHECK);
        if (given.isEmpty()) {
            withoutHttp(data.get(Field.CHECK_STATUS));
            withoutHttp(data.get(Field.CHECK_HEADERS));
            return Optional.empty();
        }
        Optional<String> text = given.get().text();
        if (text.isEmpty()) {
            findings.ignored(given.get(), "expected text such as \"httpchk GET /\"; ignored");
            return Optional.empty();
        }
        try {
            return Optional.of(new Setting<>(expecting(CheckSyntax.parse(text.get())), given.get()));
        } catch (IllegalArgumentException e) {
            findings.ignored(given.get(), e.getMessage() + "; ignored");
            return Optional.empty();
        }
    }

    private void withoutHttp(Optional<Given> given) {
        given.ifPresent(
                any -> findings.ignored(any, "needs a check by HTTP, such as {\"check\": \"httpchk GET /\"}; ignored"));
    }

    /** The check with what is said about it beside. */
    private HealthCheck expecting(HealthCheck check) {
        Optional<Given> status = data.get(Field.CHECK_STATUS);
        Optional<Given> headers = data.get(Field.CHECK_HEADERS);
        if (!(check instanceof HealthCheck.Http http)) {
            withoutHttp(status);
            withoutHttp(headers);
            return check;
        }
        return new HealthCheck.Http(
                http.method(),
                http.uri(),
                http.host(),
                headers.flatMap(given -> part(given, SettingsReader::checkHeaders))
                        .orElse(List.of()),
                status.flatMap(given -> part(given, SettingsReader::statuses)).orElse(HealthCheck.Statuses.USUAL));
    }

    private <T> Optional<T> part(Given given, Function<Given, T> parse) {
        try {
            return Optional.of(parse.apply(given));
        } catch (IllegalArgumentException e) {
            findings.ignored(given, e.getMessage() + "; ignored");
            return Optional.empty();
        }
    }

    private static List<HeaderChange> checkHeaders(Given given) {
        List<HeaderChange> headers = PolicySyntax.list(given, PolicySyntax.text(PolicySyntax::header));
        return new HealthCheck.Http("GET", "/", Optional.empty(), headers, HealthCheck.Statuses.USUAL).headers();
    }

    private static HealthCheck.Statuses statuses(Given given) {
        Matcher matcher = STATUSES.matcher(given.shown().strip());
        if (!matcher.matches()) {
            throw PolicySyntax.expected("a status or a range of them, such as 204 or \"200-299\"");
        }
        int least = Integer.parseInt(matcher.group(1));
        return new HealthCheck.Statuses(least, matcher.group(2) == null ? least : Integer.parseInt(matcher.group(2)));
    }

    private Optional<Setting<List<String>>> options() {
        Optional<Given> given = data.get(Field.BACKEND_OPTIONS);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Given>> elements = given.get().elements();
        if (elements.isEmpty()) {
            findings.ignored(given.get(), "expected a list of options, such as [\"http-no-delay\"]; ignored");
            return Optional.empty();
        }
        if (elements.get().size() > MAX_OPTIONS) {
            findings.ignored(given.get(), "has more than " + MAX_OPTIONS + " options; those after them are ignored");
        }
        List<String> options = new ArrayList<>();
        elements.get().stream()
                .limit(MAX_OPTIONS)
                .forEach(element -> option(element).ifPresent(options::add));
        List<String> distinct = options.stream().distinct().toList();
        return distinct.isEmpty() ? Optional.empty() : Optional.of(new Setting<>(distinct, given.get()));
    }

    private Optional<String> option(Given given) {
        String written = given.text().orElse("");
        String option = Words.join(Words.withoutPrefix("option", Words.of(written)));
        if (option.isEmpty() || option.equals("no") || option.startsWith("no ")) {
            findings.ignored(given, "expected an option as text, such as \"http-no-delay\"; ignored");
            return Optional.empty();
        }
        try {
            return Optional.of(Backend.requireOption(option));
        } catch (IllegalArgumentException e) {
            findings.ignored(given, e.getMessage() + "; ignored");
            return Optional.empty();
        }
    }
}
