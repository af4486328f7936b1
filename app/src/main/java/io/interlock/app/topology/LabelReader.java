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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads labels {@code interlock.FIELD}. A list is one label with commas, numbered labels {@code interlock.FIELD.N} with
 * one element each, or both: first the one, then the others by number.
 */
final class LabelReader {

    private static final String PREFIX = "interlock.";
    private static final int MAX_ELEMENTS = 1_000;
    private static final Pattern NUMBERED = Pattern.compile("\\.([0-9]{1,4})");

    private LabelReader() {}

    static Map<Field, Given> read(Map<String, String> labels, Findings findings) {
        Map<Field, Given> values = new EnumMap<>(Field.class);
        Set<String> known = new HashSet<>();
        for (Field field : Field.values()) {
            if (field.isList()) {
                readList(field, labels, known, values);
            } else {
                readText(field, labels, known, values);
            }
        }
        labels.forEach((label, value) -> {
            if (!known.contains(label)) {
                DataReader.unknown(
                        new Given("label " + label, JsonNodeFactory.instance.textNode(value)), key(label), findings);
            }
        });
        return values;
    }

    private static void readText(Field field, Map<String, String> labels, Set<String> known, Map<Field, Given> values) {
        for (String key : field.names()) {
            String label = PREFIX + key;
            String value = labels.get(label);
            if (value == null) {
                continue;
            }
            known.add(label);
            if (!value.isBlank()) {
                values.putIfAbsent(field, new Given("label " + label, JsonNodeFactory.instance.textNode(value)));
            }
        }
    }

    private static void readList(Field field, Map<String, String> labels, Set<String> known, Map<Field, Given> values) {
        List<String> elements = new ArrayList<>();
        for (String key : field.names()) {
            String label = PREFIX + key;
            String joined = labels.get(label);
            if (joined != null) {
                known.add(label);
                elements.addAll(List.of(joined.split(",", MAX_ELEMENTS)));
            }
            elements.addAll(numbered(label, labels, known));
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        elements.stream().filter(element -> !element.isBlank()).forEach(array::add);
        if (!array.isEmpty()) {
            values.put(field, new Given("label " + PREFIX + field.key(), array, field.isSecret()));
        }
    }

    private static Collection<String> numbered(String label, Map<String, String> labels, Set<String> known) {
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

    private static String key(String label) {
        return label.startsWith(PREFIX) ? label.substring(PREFIX.length()) : label;
    }
}
