package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.problem.ConfigProblemCollector;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.app.config.value.ParsedValue;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A value in the configuration file, with its place.
 *
 * @param path its JSON path
 * @param secret whether no message may show it
 */
public record ConfigValue(JsonNode node, String path, boolean secret, Source source) {

    private static final String UNSHOWN_TEXT = "other or more characters";

    /**
     * The file that is being read.
     *
     * @param base the folder that relative paths start from
     * @param problems receives the problems
     */
    public record Source(ConfigLocationIndex locations, Path base, ConfigProblemCollector problems) {}

    ConfigValue element(int index) {
        return new ConfigValue(node.path(index), JsonPaths.element(path, index), secret, source);
    }

    ConfigValue member(String key) {
        return new ConfigValue(node.path(key), JsonPaths.member(path, key), secret, source);
    }

    /** Returns this object as a section with these keys. If it is not an object, adds a problem and returns empty. */
    Optional<ConfigSection> section(ConfigKeyGroup keys) {
        return node instanceof ObjectNode object
                ? Optional.of(ConfigSection.checked(object, path, keys, source))
                : wrong("an object");
    }

    /** Adds a problem and returns empty. */
    <T> Optional<T> wrong(String expected) {
        return wrong(new ParsedValue.Bad<>(expected, Optional.empty()));
    }

    /** Returns a parser's result, or adds a problem and returns empty. */
    <T> Optional<T> accept(ParsedValue<T> parsed) {
        return switch (parsed) {
            case ParsedValue.Good<T> good -> Optional.of(good.value());
            case ParsedValue.Bad<T> bad -> wrong(bad);
        };
    }

    private <T> Optional<T> wrong(ParsedValue.Bad<?> bad) {
        source.problems().add(source.locations().of(path), bad.expected(), shown(), bad.hint());
        return Optional.empty();
    }

    private String shown() {
        if (!secret) {
            return ConfigValueFormatter.value(node);
        }
        return node.isTextual() ? UNSHOWN_TEXT : ConfigValueFormatter.kind(node);
    }
}
