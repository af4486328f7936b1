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

/** Writes the JSON Schemas of INTERLOCK_DATA and of service files from the table of container fields. */
final class FieldSchemaGenerator {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "description";
    private static final String PROPERTIES = "properties";
    private static final String PATTERN = "pattern";
    private static final String SERVER = "^(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9_.-]{1,254})(:[0-9]{1,5})?$";
    private static final int MOST_SERVERS = 100;

    private FieldSchemaGenerator() {}

    /** The schema of what a container says. */
    static String schema() {
        return print(ofContainer());
    }

    /** The schema of a file in the folder of services: the fields of a container without a network, and servers. */
    static String serviceSchema() {
        ObjectNode schema = ofContainer();
        schema.put("title", "Service of Interlock");
        schema.put(DESCRIPTION, "A service outside of containers. docs/services.md explains the file.");
        ObjectNode properties = schema.withObject("/" + PROPERTIES);
        ObjectNode ofRoute = schema.withObject("/$defs/route/" + PROPERTIES);
        properties.remove(ContainerField.NETWORK.key());
        ofRoute.remove(ContainerField.NETWORK.key());
        // A route's port is read as a container's, the file's own more strictly.
        ofRoute.set(
                ContainerField.PORT.key(),
                properties.get(ContainerField.PORT.key()).deepCopy());
        ObjectNode port = properties.putObject(ContainerField.PORT.key());
        port.put(DESCRIPTION, "Port of the servers that give none, 1 to 65535.");
        port.put("type", "integer").put("minimum", 1).put("maximum", 65_535);
        port.putArray("examples").add(8080);
        properties.set("servers", servers());
        schema.putArray("required").add("servers");
        return print(schema);
    }

    private static ObjectNode servers() {
        ObjectNode servers = JSON.createObjectNode();
        servers.put(DESCRIPTION, "The servers, each once. A host name is one server for each of its addresses.");
        servers.put("type", "array")
                .put("minItems", 1)
                .put("maxItems", MOST_SERVERS)
                .put("uniqueItems", true);
        ArrayNode any = servers.putObject("items").putArray("anyOf");
        any.add(address());
        ObjectNode object = any.addObject().put("type", "object");
        ObjectNode properties = object.putObject(PROPERTIES);
        properties.set("address", address());
        properties
                .putObject(ContainerField.WEIGHT.key())
                .put(DESCRIPTION, "Wins over the weight of the file.")
                .put("type", "integer")
                .put("minimum", ContainerField.WEIGHT.range().least())
                .put("maximum", ContainerField.WEIGHT.range().most());
        properties
                .putObject(ContainerField.BACKUP.key())
                .put(DESCRIPTION, "Wins over the one of the file.")
                .put("type", "boolean");
        object.putArray("required").add("address");
        object.put("additionalProperties", false);
        servers.putArray("examples").addArray().add("10.0.0.5:8080");
        return servers;
    }

    private static ObjectNode address() {
        ObjectNode address = JSON.createObjectNode();
        address.put(DESCRIPTION, "HOST:PORT, with a host name, an IPv4 address or [an IPv6 address].");
        return address.put("type", "string").put(PATTERN, SERVER);
    }

    private static ObjectNode ofContainer() {
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
        return schema;
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
