package io.interlock.app.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A container's data with one field, and what that field needs beside it. */
record ContainerExample(Field field) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<Field, String> BESIDE = Map.ofEntries(
            Map.entry(Field.MODE, "{\"listen\": 5432}"),
            Map.entry(Field.LISTEN, "{\"mode\": \"tcp\"}"),
            Map.entry(Field.CHECK_STATUS, "{\"check\": \"httpchk GET /\"}"),
            Map.entry(Field.CHECK_HEADERS, "{\"check\": \"httpchk GET /\"}"),
            Map.entry(Field.CORS_METHODS, "{\"cors_origins\": [\"https://app.example.com\"]}"),
            Map.entry(Field.CORS_HEADERS, "{\"cors_origins\": [\"https://app.example.com\"]}"),
            Map.entry(Field.CORS_CREDENTIALS, "{\"cors_origins\": [\"https://app.example.com\"]}"),
            Map.entry(Field.CORS_MAX_AGE, "{\"cors_origins\": [\"https://app.example.com\"]}"),
            Map.entry(Field.SSL_BACKEND_TLS_VERIFY, "{\"ssl_backend\": true}"),
            Map.entry(Field.HOSTNAME, "{\"alias_domains\": [\"example.org\"]}"),
            Map.entry(Field.DOMAIN, "{\"hostname\": \"www\", \"alias_domains\": [\"example.org\"]}"));

    /** The data with the example of the table. */
    String data() {
        return data(field.example());
    }

    /** The data with another value, in JSON. */
    String data(String value) {
        ObjectNode data = read(BESIDE.getOrDefault(field, "{}")).deepCopy();
        return data.set(field.key(), read(value)).toString();
    }

    /** The first element of the example, as a label has it. */
    String element() {
        return read(field.example()).get(0).asText();
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private static <T extends JsonNode> T read(String json) {
        try {
            @SuppressWarnings("unchecked")
            T node = (T) JSON.readTree(json);
            return node;
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
