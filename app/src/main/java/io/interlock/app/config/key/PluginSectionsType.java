package io.interlock.app.config.key;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.problem.ConfigValueFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Type of an object of objects, by plugin id. The plugins check the content. */
record PluginSectionsType() implements ValueType<Map<String, ObjectNode>> {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    @Override
    public String label() {
        return "object";
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("propertyNames").put("pattern", "^" + ID.pattern() + "$");
        ObjectNode section = schema.putObject("additionalProperties").put("type", "object");
        section.putObject("properties")
                .putObject("enabled")
                .put("description", "Whether the plugin is used.")
                .put("type", "boolean")
                .put("default", true);
        return schema;
    }

    @Override
    public Optional<Map<String, ObjectNode>> read(ConfigValue value) {
        if (!value.node().isObject()) {
            return value.wrong("an object");
        }
        Map<String, ObjectNode> sections = new TreeMap<>();
        value.node()
                .fieldNames()
                .forEachRemaining(id -> read(id, value).ifPresent(section -> sections.put(id, section)));
        return Optional.of(sections);
    }

    private static Optional<ObjectNode> read(String id, ConfigValue sections) {
        ConfigValue member = sections.member(id);
        if (!(member.node() instanceof ObjectNode section)) {
            return member.wrong("an object");
        }
        if (!ID.matcher(id).matches()) {
            ConfigValue.Source source = member.source();
            source.problems()
                    .add(source.locations().ofKey(member.path()), "the id of a plugin", ConfigValueFormatter.text(id));
        }
        return Optional.of(section);
    }
}
