package io.interlock.app.topology.options;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.interlock.app.inventory.LabelPrefix;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.field.ContainerLimits;
import io.interlock.app.topology.field.FindingCollector;
import io.interlock.app.topology.findings.FieldValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads labels {@code interlock.FIELD}. A list is one label with commas, or numbered labels {@code interlock.FIELD.N}
 * with one element each, or both: the elements of the single label come first, then the others by number.
 * {@code interlock.routes.NAME.FIELD} is the same for one route. Each label is read once.
 */
final class LabelReader {

    private static final String PREFIX = LabelPrefix.INTERLOCK;
    private static final String ROUTES = "routes";
    private static final int MAX_ELEMENTS = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final Pattern OF_ROUTE = Pattern.compile("routes\\.(" + NAME.pattern() + ")\\.(.*)", Pattern.DOTALL);
    private static final Pattern NUMBERED = Pattern.compile("([^.]*)\\.([0-9]{1,4})");

    private final ImageFieldFilter images;
    private final FindingCollector findings;
    private final Map<String, Scope> scopes = new TreeMap<>();

    private LabelReader(ImageFieldFilter images, FindingCollector findings) {
        this.images = images;
        this.findings = findings;
    }

    /** Labels of the container as a whole, or of one route. */
    private static final class Scope {
        private final String prefix;
        private final Map<ContainerField, List<Part>> parts = new EnumMap<>(ContainerField.class);

        private Scope(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * Label of a field.
     *
     * @param name index of the label's name among the names of its field
     * @param number its number; -1: none
     */
    private record Part(String label, int name, int number, String value) {}

    private static final Comparator<Part> ORDER =
            Comparator.comparingInt(Part::name).thenComparingInt(Part::number).thenComparing(Part::label);

    /** Reads the labels for Interlock. Empty if they exceed a limit, for which a finding gives the reason. */
    static Optional<LabelReader> read(Map<String, String> labels, ImageFieldFilter images, FindingCollector findings) {
        LabelReader reader = new LabelReader(images, findings);
        long ours = labels.keySet().stream()
                .filter(label -> LabelPrefix.isOf(label) || LabelPrefix.isMisspelt(label))
                .count();
        if (ours > ContainerLimits.LABELS) {
            findings.leftOut(
                    "labels " + PREFIX + "*",
                    Long.toString(ours),
                    "expected at most " + ContainerLimits.LABELS + " labels");
            return Optional.empty();
        }
        long routes = labels.keySet().stream()
                .filter(LabelPrefix::isOf)
                .map(label -> OF_ROUTE.matcher(label.substring(PREFIX.length())))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .distinct()
                .limit(ContainerLimits.ROUTES + 1)
                .count();
        if (routes > ContainerLimits.ROUTES) {
            findings.leftOut("labels " + PREFIX + ROUTES + ".*", "", ContainerDataReader.TOO_MANY_ROUTES);
            return Optional.empty();
        }
        labels.forEach((label, value) -> {
            if (LabelPrefix.isOf(label)) {
                reader.take(label, value);
            } else if (LabelPrefix.isMisspelt(label)) {
                ContainerDataReader.misspelt(label, findings);
            }
        });
        return Optional.of(reader);
    }

    static boolean isNameOfRoute(String name) {
        return NAME.matcher(name).matches();
    }

    private void take(String label, String value) {
        String key = label.substring(PREFIX.length());
        Matcher ofRoute = OF_ROUTE.matcher(key);
        if (ofRoute.matches()) {
            String prefix = PREFIX + ROUTES + "." + ofRoute.group(1) + ".";
            take(ofRoute.group(1), prefix, ofRoute.group(2), label, value);
        } else if (key.equals(ROUTES) || key.startsWith(ROUTES + ".")) {
            // The label may have been meant for protection.
            findings.leftOut(
                    "label " + label,
                    "",
                    "expected interlock.routes.NAME.FIELD, with a name of letters, digits, _ and -");
        } else {
            take("", PREFIX, key, label, value);
        }
    }

    private void take(String route, String prefix, String key, String label, String value) {
        Matcher numbered = NUMBERED.matcher(key);
        boolean hasNumber = numbered.matches();
        String name = hasNumber ? numbered.group(1) : key;
        Optional<ContainerField> field = ContainerField.ofKey(name).filter(known -> !hasNumber || known.isList());
        if (field.isEmpty()) {
            ContainerDataReader.unknown("label " + label, key, JsonNodeFactory.instance.textNode(value), findings);
            return;
        }
        if (!images.accepts(
                label,
                field.get(),
                new FieldValue(
                        "label " + label,
                        JsonNodeFactory.instance.textNode(value),
                        field.get().isSecret()))) {
            return;
        }
        int number = hasNumber ? Integer.parseInt(numbered.group(2)) : -1;
        scopes.computeIfAbsent(route, any -> new Scope(prefix))
                .parts
                .computeIfAbsent(field.get(), any -> new ArrayList<>())
                .add(new Part(label, field.get().names().indexOf(name), number, value));
    }

    /** Returns the values for the container as a whole. */
    Map<ContainerField, FieldValue> values() {
        Scope scope = scopes.get("");
        return scope == null ? new EnumMap<>(ContainerField.class) : values(scope);
    }

    /** Returns the values for each route, by its name. */
    Map<String, Map<ContainerField, FieldValue>> routes() {
        Map<String, Map<ContainerField, FieldValue>> routes = new TreeMap<>();
        scopes.forEach((name, scope) -> {
            Map<ContainerField, FieldValue> its = name.isEmpty() ? Map.of() : values(scope);
            if (!its.isEmpty()) {
                routes.put(name, its);
            }
        });
        return routes;
    }

    private Map<ContainerField, FieldValue> values(Scope scope) {
        Map<ContainerField, FieldValue> values = new EnumMap<>(ContainerField.class);
        scope.parts.forEach((field, parts) -> {
            parts.sort(ORDER);
            parts.stream()
                    .filter(part -> field.wrongValue().leavesOut()
                            && field.failsClosed()
                            && part.value().isBlank())
                    .forEach(part -> empty(field, part));
            FieldValue given = field.isList() ? list(scope, field, parts) : text(parts);
            if (!given.saysNothing() || field.wrongValue().readsEmpty()) {
                values.put(field, given);
            }
        });
        return values;
    }

    private static FieldValue text(List<Part> parts) {
        Part chosen = parts.stream()
                .filter(part -> !part.value().isBlank())
                .findFirst()
                .orElse(parts.getFirst());
        return new FieldValue("label " + chosen.label(), JsonNodeFactory.instance.textNode(chosen.value()));
    }

    private FieldValue list(Scope scope, ContainerField field, List<Part> parts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Part part : parts) {
            if (array.size() > MAX_ELEMENTS) {
                // The list exceeds every limit; its reader reports that.
                break;
            }
            List<String> elements =
                    part.number() < 0 ? List.of(part.value().split(",", MAX_ELEMENTS)) : List.of(part.value());
            for (String element : elements) {
                if (!element.isBlank()) {
                    array.add(element);
                } else if (field.failsClosed() && !part.value().isBlank()) {
                    empty(field, part);
                }
            }
        }
        return new FieldValue("label " + scope.prefix + field.key(), array, field.isSecret());
    }

    /** Records an empty value or element, which may come from a variable that is not set. */
    private void empty(ContainerField field, Part part) {
        findings.wrong(
                field,
                new FieldValue(
                        "label " + part.label(), JsonNodeFactory.instance.textNode(part.value()), field.isSecret()),
                "says nothing, or has an empty element, expected " + field.shownExample());
    }
}
