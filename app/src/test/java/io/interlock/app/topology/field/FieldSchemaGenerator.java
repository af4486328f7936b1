package io.interlock.app.topology.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes the JSON Schema of INTERLOCK_DATA from the table of container fields. */
final class FieldSchemaGenerator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "description";
    private static final String PROPERTIES = "properties";
    private static final String PATTERN = "pattern";

    private FieldSchemaGenerator() {}

    static String schema() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "INTERLOCK_DATA");
        schema.put(DESCRIPTION, "What a container says of itself. docs/container-data.md explains each field.");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject(PROPERTIES);
        for (ContainerField field : ContainerField.values()) {
            ObjectNode property = properties.putObject(field.key());
            property.put(DESCRIPTION, description(field));
            property.setAll(form(field.form()));
            property.putArray("examples").add(read(field.example()));
        }
        properties.set("routes", routes());
        schema.put("additionalProperties", false);
        ObjectNode route = schema.putObject("$defs").putObject("route");
        route.put(DESCRIPTION, "What is said for one route; of the rest counts what is said for all.");
        route.put("type", "object");
        ObjectNode ofRoute = route.putObject(PROPERTIES);
        for (ContainerField field : ContainerField.values()) {
            ofRoute.putObject(field.key()).put("$ref", "#/properties/" + field.key());
        }
        route.put("additionalProperties", false);
        return print(schema);
    }

    private static String description(ContainerField field) {
        String text = field.documented().replace("`", "");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static ObjectNode form(ValueForm form) {
        ObjectNode node = JSON.createObjectNode();
        switch (form) {
            case ValueForm.Text(String pattern) -> {
                node.put("type", "string");
                if (!pattern.isEmpty()) {
                    node.put(PATTERN, pattern);
                }
            }
            case ValueForm.Flag() ->
                node.putArray("enum").add(true).add(false).add("true").add("false");
            case ValueForm.WholeNumber(String unit, int least, int most) -> {
                ArrayNode any = node.putArray("anyOf");
                ObjectNode number = any.addObject().put("type", "integer").put("minimum", least);
                if (most < Integer.MAX_VALUE) {
                    number.put("maximum", most);
                }
                any.addObject().put("type", "string").put(PATTERN, least < 0 ? "^-?[0-9]{1,4}$" : "^[0-9]{1,9}$");
            }
            case ValueForm.Word(List<String> words) -> {
                ArrayNode values = node.putArray("enum");
                words.forEach(values::add);
                words.stream().filter(word -> word.matches("[0-9.]+")).forEach(word -> values.add(read(word)));
            }
            case ValueForm.Elements(ValueForm element, int most) -> {
                node.put("type", "array");
                node.set("items", form(element));
                node.put("maxItems", most);
            }
            case ValueForm.Either(List<ValueForm> forms) -> {
                ArrayNode any = node.putArray("anyOf");
                forms.forEach(each -> any.add(form(each)));
            }
        }
        return node;
    }

    private static ObjectNode routes() {
        ObjectNode routes = JSON.createObjectNode();
        routes.put(DESCRIPTION, "Several routes, each with fields of its own; of the rest counts what is said beside.");
        ArrayNode any = routes.putArray("anyOf");
        ObjectNode list = any.addObject().put("type", "array");
        list.putObject("items").put("$ref", "#/$defs/route");
        list.put("maxItems", ContainerLimits.ROUTES);
        ObjectNode named = any.addObject().put("type", "object");
        named.putObject("additionalProperties").put("$ref", "#/$defs/route");
        named.putObject("propertyNames").put(PATTERN, "^[A-Za-z0-9_-]{1,32}$");
        named.put("maxProperties", ContainerLimits.ROUTES);
        return routes;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static String print(JsonNode node) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentArraysWith(lines);
        printer.indentObjectsWith(lines);
        try {
            return JSON.writer(printer).writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
