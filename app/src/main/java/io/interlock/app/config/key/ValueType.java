package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Type of the values that a key accepts. Reads them, and describes them in messages, in the documentation and in the
 * schema.
 */
public interface ValueType<T> {

    /** Returns the kind of value, in the documentation: {@code whole number, ms}. */
    String label();

    /** Returns which values of that kind are valid, in the documentation; empty if the key's meaning says it. */
    default String range() {
        return "";
    }

    /** Returns the type as JSON Schema 2020-12. The schema accepts everything that {@link #read} accepts. */
    ObjectNode schema();

    /** Whether the value is a text. An empty text counts as not given; the sample file of 0.1 has such texts. */
    default boolean isText() {
        return false;
    }

    /** Whether a text of this type may be the path of a file with the value. */
    default boolean acceptsPath() {
        return false;
    }

    /** Returns the value. If it does not have this type, adds a problem and returns empty. */
    Optional<T> read(ConfigValue value);
}
