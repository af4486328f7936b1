package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The values that a key takes: reads them, and describes them in messages, in the documentation and in the schema. */
public interface ValueType<T> {

    /** The kind of value, in the documentation: {@code whole number, ms}. */
    String label();

    /** Which values of that kind, in the documentation; empty if the key's meaning says it. */
    default String range() {
        return "";
    }

    /** The same as JSON Schema 2020-12. Never refuses what {@link #read} takes. */
    ObjectNode schema();

    /** Whether the value is a text. A text of nothing, as the sample file of 0.1 has them, counts as not given. */
    default boolean isText() {
        return false;
    }

    /** The value; empty, with a problem, if it is not one of these. */
    Optional<T> read(ConfigValue value);
}
