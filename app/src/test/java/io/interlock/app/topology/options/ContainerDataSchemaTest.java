package io.interlock.app.topology.options;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.interlock.app.topology.field.ContainerField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the schema for editors agrees with the code. */
@Tag("unit")
class ContainerDataSchemaTest {

    private static final Path FILE = Path.of("..", "docs", "interlock-data.schema.json");
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

    private static String text() throws IOException {
        return Files.readString(FILE);
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(), InputFormat.JSON);
    }

    static Stream<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "container-data.md")))
                .results()
                .map(match -> match.group(1));
    }

    @Test
    void itHasEachFieldAndNoOther() throws IOException {
        JsonNode root = new ObjectMapper().readTree(text());
        JsonNode properties = root.path("properties");
        List<String> fields =
                Arrays.stream(ContainerField.values()).map(ContainerField::key).toList();

        assertThat(keys(root.at("/$defs/route/properties"))).containsExactlyInAnyOrderElementsOf(fields);
        assertThat(keys(properties))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(fields.stream(), Stream.of("routes")).toList());
        assertThat(properties.valueStream())
                .allSatisfy(
                        field -> assertThat(field.path("description").asText()).endsWith("."));
    }

    private static List<String> keys(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itTakesEveryExampleOfTheDocument(String example) throws IOException {
        assertThat(schema().validate(example, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"port\": 0}",
                "{\"port\": \"x\"}",
                "{\"prot\": 80}",
                "{\"weight\": 257}",
                "{\"path\": \"api\"}",
                "{\"alias_domains\": \"a.b\"}",
                "{\"allow\": \"10.0.0.0/8\"}",
                "{\"ssl_only\": 303}",
                "{\"rate_limit\": 100}",
                "{\"max_body\": \"10 apples\"}",
                "{\"basic_auth\": [\"alice:secret\"]}",
                "{\"maintenance\": 86401}",
                "{\"balance\": \"static-rr\"}",
                "{\"proto\": \"h3\"}",
                "{\"send_proxy\": \"v3\"}",
                "{\"max_conn\": 0}",
                "{\"compression\": \"gzip\"}",
                "{\"routes\": 5}",
                "{\"routes\": [{\"prt\": 80}]}",
                "{\"routes\": {\"a b\": {\"port\": 80}}}",
                "{\"routes\": [{\"port\": 0}]}",
                "{\"match_headers\": \"X-A: b\"}",
                "{\"match_methods\": [\"get\"]}",
                "{\"priority\": 1001}",
                "{\"default\": \"yes\"}",
                "{\"check\": \"httpchk GET /\", \"check_status\": \"2xx\"}",
                "{\"check_fall\": 101}",
                "{\"slow_start\": 999}",
                "[]"
            })
    void whatItRefusesTheCodeFindsFaultWith(String document) throws IOException {
        assertThat(schema().validate(document, InputFormat.JSON)).isNotEmpty();
        assertThat(assemble(web("www.example.com").data(document)).findings()).isNotEmpty();
    }
}
