package io.interlock.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A value in the configuration file, with its place.
 *
 * @param path its JSON path
 * @param secret whether no message may show it
 */
record ConfigValue(JsonNode node, String path, boolean secret, Source source) {

    private static final String UNSHOWN_TEXT = "other or more characters";

    /**
     * The file that is being read.
     *
     * @param base what relative paths start from
     * @param problems takes what is wrong
     */
    record Source(Locations locations, Path base, Problems problems) {}

    ConfigValue element(int index) {
        return new ConfigValue(node.path(index), JsonPaths.element(path, index), secret, source);
    }

    ConfigValue member(String key) {
        return new ConfigValue(node.path(key), JsonPaths.member(path, key), secret, source);
    }

    /** This object, with the keys that it may have; empty, with a problem, if it is none. */
    Optional<Section> section(ConfigSection keys) {
        return node instanceof ObjectNode object
                ? Optional.of(Section.checked(object, path, keys, source))
                : wrong("an object");
    }

    /** A problem and nothing. */
    <T> Optional<T> wrong(String expected) {
        return wrong(new Parsed.Bad<>(expected, Optional.empty()));
    }

    /** A parser's result, or a problem and nothing. */
    <T> Optional<T> accept(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T> good -> Optional.of(good.value());
            case Parsed.Bad<T> bad -> wrong(bad);
        };
    }

    private <T> Optional<T> wrong(Parsed.Bad<?> bad) {
        source.problems().add(source.locations().of(path), bad.expected(), shown(), bad.hint());
        return Optional.empty();
    }

    private String shown() {
        if (!secret) {
            return Shown.value(node);
        }
        return node.isTextual() ? UNSHOWN_TEXT : Shown.kind(node);
    }
}
