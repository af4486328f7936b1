package io.interlock.app.topology.options;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Route;
import io.interlock.app.topology.field.ContainerData;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.FieldSetting;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.field.PathSyntax;
import io.interlock.app.topology.field.PolicyFieldValues;
import io.interlock.app.topology.field.PolicyKind;
import io.interlock.app.topology.field.SingleFieldPolicySyntax;
import io.interlock.app.topology.field.Tokens;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.FindingText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads everything that a container asks for apart from names. The effect of a wrong value is part of its
 * {@link ContainerField}.
 */
public final class ContainerSettingsReader {

    private static final int USUAL_INTERVAL = 5_000;
    private static final Pattern SIGNED = Pattern.compile("-?[0-9]{1,4}");
    private static final Pattern STATUSES = Pattern.compile("([0-9]{3})(?:-([0-9]{3}))?");

    private final ContainerData data;
    private final FindingCollector findings;

    private ContainerSettingsReader(ContainerData data, FindingCollector findings) {
        this.data = data;
        this.findings = findings;
    }

    /**
     * @param listen the port at which it is served by TCP; empty for HTTP
     */
    public static ContainerSettings read(ContainerData data, OptionalInt listen, FindingCollector findings) {
        ContainerSettingsReader reader = new ContainerSettingsReader(data, findings);
        List<FieldSetting<BackendPolicy>> policies = PolicyKind.all().stream()
                .flatMap(kind -> kind.read(data, findings).stream())
                .toList();
        return new ContainerSettings(
                reader.port(),
                reader.network(),
                reader.number(ContainerField.WEIGHT, 1),
                reader.flag(ContainerField.BACKUP),
                reader.truth(ContainerField.HEALTHCHECK).orElse(true),
                reader.number(ContainerField.RELEASE, 0),
                listen.isPresent()
                        ? RouteScope.at(listen.getAsInt())
                        : RouteScope.below(reader.path(), ConditionReader.read(data, findings)),
                reader.priority(),
                reader.stripPath(),
                reader.warm(policies),
                Duration.ofMillis(reader.number(ContainerField.CHECK_INTERVAL, USUAL_INTERVAL)),
                reader.check(),
                reader.options(),
                ContainerTlsSettingsReader.read(data, findings),
                policies,
                reader.redirectAliases());
    }

    private OptionalInt port() {
        Optional<FieldValue> given = data.get(ContainerField.PORT);
        return given.isEmpty() ? OptionalInt.empty() : number(ContainerField.PORT, given.get());
    }

    /**
     * Reads the name of the network. A wrong value leaves the container out, because another network may not be
     * intended.
     */
    private Optional<String> network() {
        Optional<FieldValue> given = data.get(ContainerField.NETWORK);
        if (given.isPresent() && given.get().text().isEmpty()) {
            findings.wrong(ContainerField.NETWORK, given.get(), "expected the name of a network");
        }
        return given.flatMap(FieldValue::text);
    }

    private int number(ContainerField field, int usual) {
        return data.get(field).map(given -> number(field, given).orElse(usual)).orElse(usual);
    }

    private OptionalInt number(ContainerField field, FieldValue given) {
        OptionalInt number = given.integer();
        if (number.isEmpty() || !field.range().contains(number.getAsInt())) {
            findings.wrong(field, given, field.range().expected());
            return OptionalInt.empty();
        }
        return number;
    }

    /**
     * Reads the path. A wrong value leaves the container out, because on another path it would get requests for others.
     */
    private String path() {
        Optional<FieldValue> given = data.get(ContainerField.PATH);
        if (given.isEmpty()) {
            return Route.EVERYTHING;
        }
        String text = given.get().text().orElse("");
        try {
            return PathSyntax.prefix(text);
        } catch (IllegalArgumentException e) {
            findings.wrong(ContainerField.PATH, given.get(), String.valueOf(e.getMessage()));
            return Route.EVERYTHING;
        }
    }

    private Optional<FieldSetting<Boolean>> stripPath() {
        return truth(ContainerField.STRIP_PATH)
                .map(strip -> new FieldSetting<>(strip, given(ContainerField.STRIP_PATH)));
    }

    private Optional<FieldSetting<Integer>> priority() {
        Optional<FieldValue> given = data.get(ContainerField.PRIORITY);
        Optional<Integer> priority =
                given.flatMap(ContainerSettingsReader::signed).filter(ContainerField.PRIORITY.range()::contains);
        if (given.isPresent() && priority.isEmpty()) {
            findings.wrong(
                    ContainerField.PRIORITY,
                    given.get(),
                    ContainerField.PRIORITY.range().expected());
        }
        return priority.map(number -> new FieldSetting<>(number, given(ContainerField.PRIORITY)));
    }

    private static Optional<Integer> signed(FieldValue given) {
        if (given.value().isIntegralNumber()) {
            return given.value().canConvertToInt() ? Optional.of(given.value().intValue()) : Optional.empty();
        }
        return given.text().filter(SIGNED.asMatchPredicate()).map(Integer::valueOf);
    }

    /** Reads the status with which requests for aliases are redirected to the container's own name. */
    private Optional<FieldSetting<Integer>> redirectAliases() {
        return PolicyFieldValues.part(
                        data, findings, ContainerField.REDIRECT_ALIASES, SingleFieldPolicySyntax::redirect)
                .flatMap(status -> status)
                .map(status -> new FieldSetting<>(status, given(ContainerField.REDIRECT_ALIASES)));
    }

    private FieldValue given(ContainerField field) {
        return data.get(field).orElseThrow();
    }

    /** Reads whether the container must answer a first request, which is always plain HTTP/1.1. */
    private boolean warm(List<FieldSetting<BackendPolicy>> policies) {
        boolean plain = policies.stream()
                .map(FieldSetting::value)
                .noneMatch(policy -> policy instanceof BackendPolicy.Http2ToServers
                        || policy instanceof BackendPolicy.TlsToServers
                        || policy instanceof BackendPolicy.ProxyProtocol);
        boolean warm = flag(ContainerField.WARM);
        if (warm && !plain) {
            data.get(ContainerField.WARM)
                    .ifPresent(given -> findings.ignored(
                            given, "the first request is one of plain HTTP/1.1, which it does not speak"));
        }
        return warm && plain;
    }

    private boolean flag(ContainerField field) {
        return truth(field).orElse(false);
    }

    private Optional<Boolean> truth(ContainerField field) {
        Optional<FieldValue> given = data.get(field);
        if (given.isPresent() && given.get().bool().isEmpty()) {
            findings.wrong(field, given.get(), "expected true or false");
        }
        return given.flatMap(FieldValue::bool);
    }

    private Optional<FieldSetting<HealthCheck>> check() {
        Optional<FieldValue> given = data.get(ContainerField.CHECK);
        if (given.isEmpty()) {
            withoutHttp(data.get(ContainerField.CHECK_STATUS));
            withoutHttp(data.get(ContainerField.CHECK_HEADERS));
            return Optional.empty();
        }
        Optional<String> text = given.get().text();
        if (text.isEmpty()) {
            findings.wrong(ContainerField.CHECK, given.get(), "expected text such as \"httpchk GET /\"");
            return Optional.empty();
        }
        try {
            return Optional.of(new FieldSetting<>(expecting(HealthCheckParser.parse(text.get())), given.get()));
        } catch (IllegalArgumentException e) {
            findings.wrong(ContainerField.CHECK, given.get(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void withoutHttp(Optional<FieldValue> given) {
        given.ifPresent(any -> findings.ignored(any, "needs a check by HTTP, such as {\"check\": \"httpchk GET /\"}"));
    }

    /** Returns the check with the status and the headers that other fields give. */
    private HealthCheck expecting(HealthCheck check) {
        if (!(check instanceof HealthCheck.Http http)) {
            withoutHttp(data.get(ContainerField.CHECK_STATUS));
            withoutHttp(data.get(ContainerField.CHECK_HEADERS));
            return check;
        }
        return new HealthCheck.Http(
                http.method(),
                http.uri(),
                http.host(),
                PolicyFieldValues.part(
                                data, findings, ContainerField.CHECK_HEADERS, ContainerSettingsReader::checkHeaders)
                        .orElse(List.of()),
                PolicyFieldValues.part(data, findings, ContainerField.CHECK_STATUS, ContainerSettingsReader::statuses)
                        .orElse(HealthCheck.Statuses.USUAL));
    }

    private static List<HeaderChange> checkHeaders(FieldValue given) {
        List<HeaderChange> headers =
                SingleFieldPolicySyntax.list(given, SingleFieldPolicySyntax.text(SingleFieldPolicySyntax::header));
        return new HealthCheck.Http("GET", "/", Optional.empty(), headers, HealthCheck.Statuses.USUAL).headers();
    }

    private static HealthCheck.Statuses statuses(FieldValue given) {
        Matcher matcher = STATUSES.matcher(given.shown().strip());
        if (!matcher.matches()) {
            throw SingleFieldPolicySyntax.expected("a status or a range of them, such as 204 or \"200-299\"");
        }
        int least = Integer.parseInt(matcher.group(1));
        return new HealthCheck.Statuses(least, matcher.group(2) == null ? least : Integer.parseInt(matcher.group(2)));
    }

    private Optional<FieldSetting<List<String>>> options() {
        Optional<FieldValue> given = data.get(ContainerField.BACKEND_OPTIONS);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<FieldValue>> elements = given.get().elements();
        if (elements.isEmpty()) {
            findings.ignored(given.get(), "expected a list of options, such as [\"http-no-delay\"]");
            return Optional.empty();
        }
        int limit = ContainerField.BACKEND_OPTIONS.limit();
        if (elements.get().size() > limit) {
            findings.ignored(
                    given.get(), FindingText.of("has more than " + limit + " options", "those after them are ignored"));
        }
        List<String> options = new ArrayList<>();
        elements.get().stream().limit(limit).forEach(element -> option(element).ifPresent(options::add));
        List<String> distinct = options.stream().distinct().toList();
        return distinct.isEmpty() ? Optional.empty() : Optional.of(new FieldSetting<>(distinct, given.get()));
    }

    private Optional<String> option(FieldValue given) {
        String written = given.text().orElse("");
        String option = Tokens.join(Tokens.withoutPrefix("option", Tokens.of(written)));
        if (option.isEmpty() || option.equals("no") || option.startsWith("no ")) {
            findings.ignored(given, "expected an option as text, such as \"http-no-delay\"");
            return Optional.empty();
        }
        try {
            return Optional.of(Backend.requireOption(option));
        } catch (IllegalArgumentException e) {
            findings.ignored(given, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
