package io.interlock.app.topology.field;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Data of a container with one field, and the other fields that it requires. */
record ContainerExample(ContainerField field) {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<ContainerField, String> BESIDE = Map.ofEntries(
            Map.entry(ContainerField.MODE, "{\"listen\": 5432}"),
            Map.entry(ContainerField.LISTEN, "{\"mode\": \"tcp\"}"),
            Map.entry(ContainerField.CHECK_STATUS, "{\"check\": \"httpchk GET /\"}"),
            Map.entry(ContainerField.CHECK_HEADERS, "{\"check\": \"httpchk GET /\"}"),
            Map.entry(ContainerField.CORS_METHODS, "{\"cors_origins\": [\"https://app.example.com\"]}"),
            Map.entry(ContainerField.CORS_HEADERS, "{\"cors_origins\": [\"https://app.example.com\"]}"),
            Map.entry(ContainerField.CORS_CREDENTIALS, "{\"cors_origins\": [\"https://app.example.com\"]}"),
            Map.entry(ContainerField.CORS_MAX_AGE, "{\"cors_origins\": [\"https://app.example.com\"]}"),
            Map.entry(ContainerField.FORWARD_AUTH_RESPONSE_HEADERS, "{\"forward_auth\": \"sso\"}"),
            Map.entry(ContainerField.FORWARD_AUTH_REQUEST_HEADERS, "{\"forward_auth\": \"sso\"}"),
            Map.entry(ContainerField.FORWARD_AUTH_TRUST_FORWARDED_HOST, "{\"forward_auth\": \"sso\"}"),
            Map.entry(ContainerField.SSL_BACKEND_TLS_VERIFY, "{\"ssl_backend\": true}"),
            Map.entry(ContainerField.TRACE_SAMPLED, "{\"trace_context\": \"begin\"}"),
            Map.entry(ContainerField.HOSTNAME, "{\"alias_domains\": [\"example.org\"]}"),
            Map.entry(ContainerField.DOMAIN, "{\"hostname\": \"www\", \"alias_domains\": [\"example.org\"]}"));

    /** The data with the example of the table. */
    String data() {
        return data(field.example());
    }

    /** The data with another value, in JSON. */
    String data(String value) {
        ObjectNode data = read(BESIDE.getOrDefault(field, "{}")).deepCopy();
        return data.set(field.key(), read(value)).toString();
    }

    /** The first element of the example, in the form of a label. */
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
