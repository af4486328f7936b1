package io.interlock.pluginhost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** JSON's names for the expected types of a plugin's record, and for the types in a section; never Java's. */
final class SectionTypeNames {

    private static final String WHOLE_NUMBER = "a whole number";
    private static final String NUMBER = "a number";
    private static final String TRUE_OR_FALSE = "true or false";
    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, Integer.class, long.class, Long.class, short.class, Short.class, byte.class, Byte.class);
    private static final Set<Class<?>> FRACTIONS = Set.of(double.class, Double.class, float.class, Float.class);

    private SectionTypeNames() {}

    static String expected(Class<?> type) {
        if (WHOLE.contains(type)) {
            return WHOLE_NUMBER;
        }
        if (FRACTIONS.contains(type)) {
            return NUMBER;
        }
        if (type == boolean.class || type == Boolean.class) {
            return TRUE_OR_FALSE;
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "an object" : "a text";
    }

    /** Returns the expected range of a number that is too small or too large for its type. */
    static String expectedRange(Class<?> type) {
        return type == long.class || type == Long.class
                ? WHOLE_NUMBER + " from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE
                : WHOLE_NUMBER + " from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
    }

    /**
     * Describes the actual value. Does not show texts, nor numbers where a text is expected, because they may be
     * secrets.
     */
    static String found(JsonNode node, String expected) {
        boolean harmless =
                expected.startsWith(WHOLE_NUMBER) || expected.equals(NUMBER) || expected.equals(TRUE_OR_FALSE);
        return switch (node.getNodeType()) {
            case NUMBER -> harmless ? node.asText() : NUMBER;
            case BOOLEAN -> harmless ? node.asText() : TRUE_OR_FALSE;
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case NULL, MISSING -> "null";
            default -> "a text";
        };
    }
}
