package io.interlock.app.topology.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.dialect.NamedDialect;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.ContainerLimits;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads what dialects make of a container's labels and variables. Their values pass the same readers as Interlock's own; a field
 * that the container itself gives is not taken from a dialect, neither for the container nor for a route.
 */
final class DialectDataReader {

    /** Without one of these, a route would get requests that it does not ask for. */
    private static final Set<ContainerField> SELECTING = EnumSet.of(
            ContainerField.HOSTNAME,
            ContainerField.DOMAIN,
            ContainerField.ALIAS_DOMAINS,
            ContainerField.PATH,
            ContainerField.MODE,
            ContainerField.LISTEN);

    /** The end of a range of all addresses: {@code 0.0.0.0/0}, {@code ::/0}. */
    private static final String ALL_ADDRESSES = "/0";

    private static final int SHOWN = 100;

    private final ContainerFacts facts;
    private final ImageFieldFilter images;
    private final FindingCollector findings;
    private final Map<ContainerField, FieldValue> own;
    private final Map<String, Map<ContainerField, FieldValue>> ownRoutes;
    private final boolean ownData;
    private boolean present;

    /**
     * @param own what the container itself gives
     * @param ownRoutes what the container itself gives for its routes
     * @param ownData whether it has data or labels for Interlock
     */
    DialectDataReader(
            ContainerFacts facts,
            ImageFieldFilter images,
            FindingCollector findings,
            Map<ContainerField, FieldValue> own,
            Map<String, Map<ContainerField, FieldValue>> ownRoutes,
            boolean ownData) {
        this.facts = facts;
        this.images = images;
        this.findings = findings;
        this.own = own;
        this.ownRoutes = ownRoutes;
        this.ownData = ownData;
    }

    /** Whether some dialect found something that the container asks for. */
    boolean present() {
        return present;
    }

    /** Adds what the dialects found to the container's own values. */
    void addTo(
            DialectSet dialects,
            Map<ContainerField, FieldValue> values,
            Map<String, Map<ContainerField, FieldValue>> routes) {
        if (dialects.dialects().isEmpty()) {
            return;
        }
        int given = facts.labels().size() + facts.environment().size();
        if (given > ContainerLimits.LABELS) {
            findings.leftOut(
                    "labels",
                    Integer.toString(given),
                    "expected at most " + ContainerLimits.LABELS + " labels and variables for all dialects");
            return;
        }
        for (NamedDialect named : dialects.dialects()) {
            DialectTranslation translation = named.translate(facts);
            present |= translation.isPresent();
            translation.findings().forEach(finding -> record(named, finding));
            add(read(named, translation.fields(), Map.of()).values(), values);
            if (translation.routes().size() > ContainerLimits.ROUTES) {
                findings.leftOut(
                        "dialect " + named.name(),
                        Integer.toString(translation.routes().size()),
                        ContainerDataReader.TOO_MANY_ROUTES);
                continue;
            }
            translation.routes().forEach((name, fields) -> addRoute(named, name, fields, routes));
        }
    }

    private void addRoute(
            NamedDialect named,
            String name,
            Map<String, DialectField> fields,
            Map<String, Map<ContainerField, FieldValue>> routes) {
        if (!LabelReader.isNameOfRoute(name)) {
            findings.leftOut(
                    "dialect " + named.name(), name, "gives a route a name that is not of letters, digits, _ and -");
            return;
        }
        AcceptedFields its = read(named, fields, ownRoutes.getOrDefault(name, Map.of()));
        if (its.selected() || ownRoutes.containsKey(name)) {
            add(its.values(), routes.computeIfAbsent(name, any -> new EnumMap<>(ContainerField.class)));
        } else {
            // Another route would get its requests, without what protects it.
            its.values()
                    .forEach((field, given) -> findings.leftOut(
                            given.place(),
                            given.shown(),
                            FindingText.notServed("protects a route that the image asks for and does not get")
                                    .withAdvice("give all labels of the route when the container is created")));
        }
    }

    /** A value of an earlier dialect stays, unless it would open what a later one closes. */
    private void add(Map<ContainerField, FieldValue> fields, Map<ContainerField, FieldValue> values) {
        fields.forEach((field, given) -> {
            boolean enabling = field == ContainerField.ENABLE && ownData;
            if (!enabling) {
                values.merge(field, given, (first, later) -> closes(field, later) ? later : first);
            }
        });
    }

    /**
     * Fields of a container or route that count.
     *
     * @param selected whether all count that select requests; otherwise only those that protect are left
     */
    private record AcceptedFields(Map<ContainerField, FieldValue> values, boolean selected) {}

    private AcceptedFields read(
            NamedDialect named, Map<String, DialectField> fields, Map<ContainerField, FieldValue> ofOwnRoute) {
        Map<ContainerField, FieldValue> values = new EnumMap<>(ContainerField.class);
        boolean selected = true;
        for (Map.Entry<String, DialectField> entry : fields.entrySet()) {
            Optional<ContainerField> field = ContainerField.ofKey(entry.getKey());
            if (field.isEmpty()) {
                findings.leftOut(
                        "dialect " + named.name(),
                        entry.getKey(),
                        "asks for a field that this version of Interlock does not know");
                continue;
            }
            FieldValue given = given(named, field.get(), entry.getValue());
            if (own.containsKey(field.get()) || ofOwnRoute.containsKey(field.get())) {
                requireOpen(field.get(), given);
                continue;
            }
            if (!entry.getValue().sources().stream().allMatch(source -> images.accepts(source, field.get(), given))) {
                selected &= !SELECTING.contains(field.get());
            } else if (given.saysNothing() && field.get().failsClosed()) {
                findings.wrong(
                        field.get(),
                        given,
                        "says nothing, expected " + field.get().shownExample());
            } else if (!given.saysNothing()) {
                values.put(field.get(), given);
            }
        }
        if (!selected) {
            values.keySet().removeIf(field -> !field.failsClosed());
        }
        return new AcceptedFields(values, selected);
    }

    /** A route that a dialect closes does not become open because the container denies some clients itself. */
    private void requireOpen(ContainerField field, FieldValue given) {
        if (closes(field, given)) {
            findings.leftOut(
                    given.place(),
                    "",
                    FindingText.notServed("closes a route, which the container's own field deny would open")
                            .withAdvice("remove the label, or the field deny"));
        }
    }

    private static boolean closes(ContainerField field, FieldValue given) {
        return field == ContainerField.DENY
                && StreamSupport.stream(given.value().spliterator(), false)
                        .anyMatch(range -> range.asText().endsWith(ALL_ADDRESSES));
    }

    private FieldValue given(NamedDialect named, ContainerField field, DialectField given) {
        JsonNode value;
        if (field.isList()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            given.values().forEach(array::add);
            value = array;
        } else {
            value = JsonNodeFactory.instance.textNode(
                    given.values().stream().findFirst().orElse(""));
        }
        return new FieldValue(place(named, given) + " as " + field.key(), value, field.isSecret());
    }

    private String place(NamedDialect named, DialectField given) {
        List<String> sources = new ArrayList<>();
        given.sources().stream().sorted().limit(2).forEach(source -> sources.add(place(source)));
        return sources.isEmpty() ? "plugin dialect-" + named.name() : String.join(", ", sources);
    }

    private String place(String source) {
        return (facts.environment().containsKey(source) ? "variable " : "label ")
                + PrintableText.shortened(source, SHOWN);
    }

    private void record(NamedDialect named, DialectFinding finding) {
        String place = finding.source().isEmpty() ? "dialect " + named.name() : place(finding.source());
        String reason = PrintableText.of(finding.reason());
        String advice = PrintableText.of(finding.advice());
        FindingText text = switch (finding.effect()) {
            case DIFFERS -> FindingText.of(reason, "served otherwise");
            case LOST -> FindingText.ignored(reason);
            case CLOSED -> FindingText.of(reason, "requests of that route are answered with 403");
            case LEFT_OUT -> FindingText.notServed(reason);
        };
        FindingText advised = advice.isEmpty() ? text : text.withAdvice(advice);
        switch (finding.effect()) {
            case DIFFERS -> findings.choice(place, finding.value(), advised);
            case LOST, CLOSED -> findings.ignored(place, finding.value(), advised);
            case LEFT_OUT -> findings.leftOut(place, finding.value(), advised);
        }
    }
}
