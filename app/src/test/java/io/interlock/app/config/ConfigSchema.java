package io.interlock.app.config;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.key.ValueTypes;
import java.io.IOException;

/** Generates docs/controller.schema.json, the schema of the configuration file, from the table of keys. */
final class ConfigSchema {

    private ConfigSchema() {}

    static String text() throws IOException {
        ObjectNode schema = JsonNodeFactory.instance
                .objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "controller.conf")
                .put(
                        "description",
                        "The configuration file of Interlock. docs/configuration.md explains each key. Sections of"
                                + " plugins are checked by the plugins.");
        schema.setAll(ValueTypes.object(ConfigKeys.ROOT).schema());
        DefaultIndenter indent = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(indent)
                .withArrayIndenter(indent);
        return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
    }
}
