package io.interlock.stats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.interlock.api.sink.StatsSink;
import io.interlock.stats.fixture.SampleSnapshots;
import io.interlock.stats.fixture.TestSinkContext;
import io.interlock.testsupport.network.HttpConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the served documents agree with their description. */
@Tag("unit")
class OpenApiTest {

    @TempDir
    Path folder;

    private final JsonNode description = description();

    @Test
    void everyDocumentIsAsDescribed() throws Exception {
        StatsConfig config = new StatsConfig(
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                null,
                null,
                null,
                null,
                Optional.empty(),
                List.of());
        StatisticsSink started =
                (StatisticsSink) new StatsFactory().create(config, new TestSinkContext(SampleSnapshots.of(2), folder));
        try {
            List<String> wrong = new ArrayList<>();
            int documents = 0;
            for (var path : description.get("paths").properties()) {
                JsonNode schema = path.getValue().at("/get/responses/200/content/application~1json/schema");
                if (!schema.isMissingNode()) {
                    JsonNode document = fetch(started, path.getKey() + "?q=x");
                    compare(path.getKey(), document, schema, wrong);
                    documents++;
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(documents).isGreaterThanOrEqualTo(11);
        } finally {
            close(started);
        }
    }

    private static void close(StatsSink sink) {
        sink.close();
    }

    private static JsonNode fetch(StatisticsSink sink, String path) throws IOException {
        HttpConnection.Response response = HttpConnection.get(sink.port(), "127.0.0.1", path);
        assertThat(response.status()).as(path).isEqualTo(200);
        return new JsonMapper().readTree(response.body());
    }

    /**
     * Checks that everything in the document is described, with its type; further parts of the description are
     * optional.
     */
    private void compare(String place, JsonNode document, JsonNode schema, List<String> wrong) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText().replaceFirst(".*/", "");
            JsonNode target = description.at("/components/schemas/" + name);
            if (target.isMissingNode()) {
                wrong.add(place + ": no schema " + name);
            } else {
                compare(place, document, target, wrong);
            }
        } else if (schema.has("enum")) {
            if (!schema.get("enum").toString().contains(document.toString())) {
                wrong.add(place + ": " + document + " is no word of " + schema.get("enum"));
            }
        } else if (document.isObject()) {
            object(place, document, schema, wrong);
        } else if (document.isArray()) {
            for (JsonNode element : document) {
                compare(place + "[]", element, schema.path("items"), wrong);
            }
        } else if (!typeOf(document).contains(schema.path("type").asText("missing"))) {
            wrong.add(place + ": " + document + " is not of type " + schema.path("type"));
        }
    }

    private void object(String place, JsonNode document, JsonNode schema, List<String> wrong) {
        boolean free = schema.path("type").asText().equals("object") && !schema.has("additionalProperties");
        if (free) {
            return;
        }
        for (var member : document.properties()) {
            JsonNode described = schema.has("additionalProperties")
                    ? schema.get("additionalProperties")
                    : schema.path("properties").path(member.getKey());
            if (described.isMissingNode()) {
                wrong.add(place + "." + member.getKey() + ": not described");
            } else {
                compare(place + "." + member.getKey(), member.getValue(), described, wrong);
            }
        }
    }

    private static List<String> typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> List.of("string");
            case BOOLEAN -> List.of("boolean");
            case NUMBER -> value.isIntegralNumber() ? List.of("integer", "number") : List.of("number");
            default -> List.of("none");
        };
    }

    private static JsonNode description() {
        try (InputStream in = Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("openapi.yaml"))) {
            return new YAMLMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
