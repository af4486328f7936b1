package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.problem.ConfigLocation;
import io.interlock.app.config.problem.ConfigValueFormatter;
import io.interlock.app.config.value.ParsedValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One object of the configuration file, with access to its values. Every value that differs from its declaration
 * becomes a problem and counts as empty, so that the rest is checked, too.
 */
public final class ConfigSection {

    private final ConfigValue object;

    private ConfigSection(ConfigValue object) {
        this.object = object;
    }

    /** Creates the section of the object at a path. Each unknown key becomes a problem. */
    public static ConfigSection checked(ObjectNode node, String path, ConfigKeyGroup keys, ConfigValue.Source source) {
        node.fieldNames().forEachRemaining(name -> {
            if (!keys.has(name)) {
                source.problems()
                        .add(
                                source.locations().ofKey(JsonPaths.member(path, name)),
                                "a key that Interlock knows",
                                ConfigValueFormatter.text(name),
                                keys.advice(name));
            }
        });
        return new ConfigSection(new ConfigValue(node, path, false, source));
    }

    /** Returns an empty section for an object that the file lacks. */
    public ConfigSection empty(ConfigKey<ConfigSection> key) {
        ConfigValue absent = value(key);
        return new ConfigSection(
                new ConfigValue(JsonNodeFactory.instance.objectNode(), absent.path(), false, absent.source()));
    }

    public String path() {
        return object.path();
    }

    public ConfigLocation place(ConfigKey<?> key) {
        return object.source().locations().of(value(key).path());
    }

    /** Whether one of these keys is present and is not an empty text. */
    public boolean has(ConfigKey<?>... keys) {
        return Arrays.stream(keys).anyMatch(key -> {
            JsonNode value = object.node().get(key.name());
            return value != null && !isEmptyText(value);
        });
    }

    /** Returns a key's value; empty if the file has none, or a wrong one. */
    public <T> Optional<T> get(ConfigKey<T> key) {
        JsonNode node = object.node().get(key.name());
        return node == null || (key.type().isText() && isEmptyText(node))
                ? Optional.empty()
                : key.type().read(value(key));
    }

    /** Returns a key's value if it passes a check that depends on more than the value; otherwise adds a problem. */
    public <T, R> Optional<R> get(ConfigKey<T> key, Function<T, ParsedValue<R>> check) {
        return get(key).flatMap(value -> value(key).accept(check.apply(value)));
    }

    /** Returns a key's value, or the key's default, which must be declared. */
    public <T> T valueOf(ConfigKey<T> key) {
        return get(key).orElseGet(key::standardValue);
    }

    /** Returns the texts of a list that pass a check that depends on more than the text. */
    public <T> List<T> texts(ConfigKey<List<String>> key, Function<String, ParsedValue<T>> check) {
        if (get(key).isEmpty()) {
            return List.of();
        }
        List<T> texts = new ArrayList<>();
        ConfigValue list = value(key);
        for (int i = 0; i < list.node().size(); i++) {
            ConfigValue element = list.element(i);
            if (element.node().isTextual()) {
                element.accept(check.apply(element.node().textValue())).ifPresent(texts::add);
            }
        }
        return texts;
    }

    public <T> Optional<T> wrong(ConfigKey<?> key, String expected, String found) {
        object.source().problems().add(place(key), expected, found);
        return Optional.empty();
    }

    private ConfigValue value(ConfigKey<?> key) {
        ConfigValue member = object.member(key.name());
        return new ConfigValue(member.node(), member.path(), key.secret(), member.source());
    }

    private static boolean isEmptyText(JsonNode value) {
        return value.isTextual() && value.textValue().isEmpty();
    }
}
