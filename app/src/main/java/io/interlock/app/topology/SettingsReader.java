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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a container asks for apart from names. The consequence of a wrong value stands with its {@link Field}. */
final class SettingsReader {

    private static final int USUAL_INTERVAL = 5_000;
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
        List<Setting<Policy>> policies = PolicyKind.all().stream()
                .flatMap(kind -> kind.read(data, findings).stream())
                .toList();
        return new Settings(
                reader.port(),
                reader.network(),
                reader.number(Field.WEIGHT, 1),
                reader.flag(Field.BACKUP),
                reader.truth(Field.HEALTHCHECK).orElse(true),
                reader.number(Field.RELEASE, 0),
                listen.isPresent()
                        ? Scope.at(listen.getAsInt())
                        : Scope.below(reader.path(), MatchReader.read(data, findings)),
                reader.priority(),
                reader.stripPath(),
                reader.warm(policies),
                Duration.ofMillis(reader.number(Field.CHECK_INTERVAL, USUAL_INTERVAL)),
                reader.check(),
                reader.options(),
                TlsReader.read(data, findings),
                policies,
                reader.redirectAliases());
    }

    private OptionalInt port() {
        Optional<Given> given = data.get(Field.PORT);
        return given.isEmpty() ? OptionalInt.empty() : number(Field.PORT, given.get());
    }

    /** In any other network it may not be meant to be. */
    private Optional<String> network() {
        Optional<Given> given = data.get(Field.NETWORK);
        if (given.isPresent() && given.get().text().isEmpty()) {
            findings.wrong(Field.NETWORK, given.get(), "expected the name of a network");
        }
        return given.flatMap(Given::text);
    }

    private int number(Field field, int usual) {
        return data.get(field).map(given -> number(field, given).orElse(usual)).orElse(usual);
    }

    private OptionalInt number(Field field, Given given) {
        OptionalInt number = given.integer();
        if (number.isEmpty() || !field.range().contains(number.getAsInt())) {
            findings.wrong(field, given, field.range().expected());
            return OptionalInt.empty();
        }
        return number;
    }

    /** Below another one it would be sent what is meant for others. */
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
            findings.wrong(Field.PATH, given.get(), String.valueOf(e.getMessage()));
            return Route.EVERYTHING;
        }
    }

    private Optional<Setting<Boolean>> stripPath() {
        return truth(Field.STRIP_PATH).map(strip -> new Setting<>(strip, given(Field.STRIP_PATH)));
    }

    private Optional<Setting<Integer>> priority() {
        Optional<Given> given = data.get(Field.PRIORITY);
        Optional<Integer> priority = given.flatMap(SettingsReader::signed).filter(Field.PRIORITY.range()::contains);
        if (given.isPresent() && priority.isEmpty()) {
            findings.wrong(Field.PRIORITY, given.get(), Field.PRIORITY.range().expected());
        }
        return priority.map(number -> new Setting<>(number, given(Field.PRIORITY)));
    }

    private static Optional<Integer> signed(Given given) {
        if (given.value().isIntegralNumber()) {
            return given.value().canConvertToInt() ? Optional.of(given.value().intValue()) : Optional.empty();
        }
        return given.text().filter(SIGNED.asMatchPredicate()).map(Integer::valueOf);
    }

    /** The status with which requests for other names than the container's own are redirected to that. */
    private Optional<Setting<Integer>> redirectAliases() {
        return PolicyValues.part(data, findings, Field.REDIRECT_ALIASES, PolicySyntax::redirect)
                .flatMap(status -> status)
                .map(status -> new Setting<>(status, given(Field.REDIRECT_ALIASES)));
    }

    private Given given(Field field) {
        return data.get(field).orElseThrow();
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
        return truth(field).orElse(false);
    }

    private Optional<Boolean> truth(Field field) {
        Optional<Given> given = data.get(field);
        if (given.isPresent() && given.get().bool().isEmpty()) {
            findings.wrong(field, given.get(), "expected true or false");
        }
        return given.flatMap(Given::bool);
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
            findings.wrong(Field.CHECK, given.get(), "expected text such as \"httpchk GET /\"");
            return Optional.empty();
        }
        try {
            return Optional.of(new Setting<>(expecting(CheckSyntax.parse(text.get())), given.get()));
        } catch (IllegalArgumentException e) {
            findings.wrong(Field.CHECK, given.get(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void withoutHttp(Optional<Given> given) {
        given.ifPresent(
                any -> findings.ignored(any, "needs a check by HTTP, such as {\"check\": \"httpchk GET /\"}; ignored"));
    }

    /** The check with what is said about it beside. */
    private HealthCheck expecting(HealthCheck check) {
        if (!(check instanceof HealthCheck.Http http)) {
            withoutHttp(data.get(Field.CHECK_STATUS));
            withoutHttp(data.get(Field.CHECK_HEADERS));
            return check;
        }
        return new HealthCheck.Http(
                http.method(),
                http.uri(),
                http.host(),
                PolicyValues.part(data, findings, Field.CHECK_HEADERS, SettingsReader::checkHeaders)
                        .orElse(List.of()),
                PolicyValues.part(data, findings, Field.CHECK_STATUS, SettingsReader::statuses)
                        .orElse(HealthCheck.Statuses.USUAL));
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
        int limit = Field.BACKEND_OPTIONS.limit();
        if (elements.get().size() > limit) {
            findings.ignored(given.get(), "has more than " + limit + " options; those after them are ignored");
        }
        List<String> options = new ArrayList<>();
        elements.get().stream().limit(limit).forEach(element -> option(element).ifPresent(options::add));
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
