package io.interlock.app.topology;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads labels {@code interlock.FIELD}. A list is one label with commas, numbered labels {@code interlock.FIELD.N} with
 * one element each, or both: first the one, then the others by number. {@code interlock.routes.NAME.FIELD} is the same for one route.
 */
final class LabelReader {

    private static final String PREFIX = "interlock.";
    private static final int MAX_ELEMENTS = 1_000;
    private static final Pattern NUMBERED = Pattern.compile("\\.([0-9]{1,4})");

    private static final Pattern OF_ROUTE = Pattern.compile("interlock\\.routes\\.([A-Za-z0-9_-]{1,32})\\..*");

    private final Map<String, String> labels;
    private final Set<String> known = new HashSet<>();
    private final Map<Field, Given> values;
    private final Map<String, Map<Field, Given>> routes = new TreeMap<>();

    private LabelReader(Map<String, String> labels) {
        this.labels = labels;
        if (!hasOurs(labels)) {
            // Most containers, and looking for each field takes a while.
            this.values = new EnumMap<>(Field.class);
            return;
        }
        this.values = readAll(PREFIX);
        Set<String> names = new TreeSet<>();
        labels.keySet().forEach(label -> {
            Matcher matcher = OF_ROUTE.matcher(label);
            if (matcher.matches()) {
                names.add(matcher.group(1));
            }
        });
        for (String name : names) {
            Map<Field, Given> its = readAll(PREFIX + "routes." + name + ".");
            if (!its.isEmpty()) {
                routes.put(name, its);
            }
        }
    }

    static LabelReader read(Map<String, String> labels, Findings findings) {
        LabelReader reader = new LabelReader(labels);
        labels.forEach((label, value) -> {
            if (isOfNoRoute(label)) {
                // It may have been to protect something.
                findings.leftOut(
                        "label " + label,
                        "",
                        "expected interlock.routes.NAME.FIELD, with a name of letters, digits, _ and -; not served");
            } else if (label.startsWith(PREFIX) && !reader.known.contains(label)) {
                DataReader.unknown(
                        new Given("label " + label, JsonNodeFactory.instance.textNode(value)), key(label), findings);
            }
        });
        return reader;
    }

    private static boolean isOfNoRoute(String label) {
        return (label.equals(PREFIX + "routes") || label.startsWith(PREFIX + "routes."))
                && !OF_ROUTE.matcher(label).matches();
    }

    /** Whether one of them is for us. */
    static boolean hasOurs(Map<String, String> labels) {
        return labels.keySet().stream().anyMatch(label -> label.startsWith(PREFIX));
    }

    static boolean isNameOfRoute(String name) {
        return OF_ROUTE.matcher(PREFIX + "routes." + name + ".").matches();
    }

    /** What stands for the container as a whole. */
    Map<Field, Given> values() {
        return values;
    }

    /** What stands for each route, by its name. */
    Map<String, Map<Field, Given>> routes() {
        return routes;
    }

    private Map<Field, Given> readAll(String prefix) {
        Map<Field, Given> found = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            if (field.isList()) {
                readList(prefix, field, found);
            } else {
                readText(prefix, field, found);
            }
        }
        return found;
    }

    private void readText(String prefix, Field field, Map<Field, Given> found) {
        for (String key : field.names()) {
            String label = prefix + key;
            String value = labels.get(label);
            if (value == null) {
                continue;
            }
            known.add(label);
            if (!value.isBlank()) {
                found.putIfAbsent(field, new Given("label " + label, JsonNodeFactory.instance.textNode(value)));
            }
        }
    }

    private void readList(String prefix, Field field, Map<Field, Given> found) {
        List<String> elements = new ArrayList<>();
        for (String key : field.names()) {
            String label = prefix + key;
            String joined = labels.get(label);
            if (joined != null) {
                known.add(label);
                elements.addAll(List.of(joined.split(",", MAX_ELEMENTS)));
            }
            elements.addAll(numbered(label));
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        elements.stream().filter(element -> !element.isBlank()).forEach(array::add);
        if (!array.isEmpty()) {
            found.put(field, new Given("label " + prefix + field.key(), array, field.isSecret()));
        }
    }

    private Collection<String> numbered(String label) {
        TreeMap<Integer, String> byNumber = new TreeMap<>();
        labels.forEach((other, value) -> {
            if (other.startsWith(label)) {
                Matcher matcher = NUMBERED.matcher(other.substring(label.length()));
                if (matcher.matches()) {
                    known.add(other);
                    byNumber.putIfAbsent(Integer.valueOf(matcher.group(1)), value);
                }
            }
        });
        return byNumber.values();
    }

    /** The field that was probably meant; of a route's label what follows the route. */
    private static String key(String label) {
        Matcher matcher = OF_ROUTE.matcher(label);
        if (matcher.matches()) {
            return label.substring(matcher.end(1) + 1);
        }
        return label.startsWith(PREFIX) ? label.substring(PREFIX.length()) : label;
    }
}
