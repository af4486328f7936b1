package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.value.ParsedValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Type of texts with a grammar.
 *
 * @param expected the grammar, in messages
 * @param range the grammar, in the documentation
 * @param words all valid texts; empty if there are too many to list
 * @param parser parses a text, given the folder that relative paths start from
 */
record TextType<T>(
        String label,
        String expected,
        String range,
        List<String> words,
        BiFunction<String, Path, ParsedValue<T>> parser)
        implements ValueType<T> {

    TextType {
        words = List.copyOf(words);
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (words.isEmpty()) {
            return schema.put("type", "string");
        }
        ArrayNode values = schema.putArray("enum");
        words.forEach(values::add);
        values.add("");
        return schema;
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public boolean acceptsPath() {
        return label.equals(ValueTypes.PATH_OR_PEM);
    }

    @Override
    public Optional<T> read(ConfigValue value) {
        return value.node().isTextual()
                ? value.accept(
                        parser.apply(value.node().textValue(), value.source().base()))
                : value.wrong(expected);
    }
}
