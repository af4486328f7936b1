package io.interlock.app.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.key.ConfigKey;
import io.interlock.app.config.key.ConfigKeyGroup;
import io.interlock.app.config.key.ConfigKeys;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates the tables of docs/configuration.md from the table of keys. */
final class ConfigTables {

    private ConfigTables() {}

    /** The rows of several sections in one table; the sections by their paths, with blanks between. */
    static String of(String paths) {
        return Stream.concat(
                        Stream.of("| key | type | default | values and meaning |", "|---|---|---|---|"),
                        Arrays.stream(paths.split(" "))
                                .flatMap(path -> section(path).keys().stream())
                                .map(ConfigTables::row))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** The rows of the variables of all keys. */
    static String variables() {
        return Stream.concat(
                        Stream.of("| variable | key |", "|---|---|"),
                        ConfigKeys.sections().stream()
                                .flatMap(section -> section.keys().stream())
                                .map(key -> "| `" + key.variable() + "` | `"
                                        + key.path().substring(2) + "` |"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    /** A file with every default that can be written. */
    static ObjectNode defaults() {
        ObjectNode file = defaults(ConfigKeys.ROOT);
        file.set("tls", defaults(ConfigKeys.TLS));
        file.putArray("engines").addObject().set("engine", defaults(ConfigKeys.ENGINE));
        return file;
    }

    private static ObjectNode defaults(ConfigKeyGroup section) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        section.keys().forEach(key -> key.standard().value().ifPresent(value -> object.set(key.name(), value)));
        return object;
    }

    private static ConfigKeyGroup section(String path) {
        return ConfigKeys.sections().stream()
                .filter(section -> section.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no section " + path));
    }

    private static String row(ConfigKey<?> key) {
        String range = key.type().range();
        String values = range.isEmpty() ? "" : Character.toUpperCase(range.charAt(0)) + range.substring(1) + ". ";
        return "| `" + key.name() + "` | " + key.type().label() + " | "
                + key.standard().text() + " | " + values + key.doc() + " |";
    }
}
