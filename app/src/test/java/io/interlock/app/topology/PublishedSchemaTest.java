package io.interlock.app.topology;

import static io.interlock.app.topology.Container.assemble;
import static io.interlock.app.topology.Container.web;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema that editors use says what the code says. */
class PublishedSchemaTest {

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
        JsonNode properties = new ObjectMapper().readTree(text()).path("properties");

        assertThat(properties.propertyStream().map(property -> property.getKey()))
                .containsExactlyInAnyOrder(
                        Arrays.stream(Field.values()).map(Field::key).toArray(String[]::new));
        assertThat(properties.valueStream())
                .allSatisfy(
                        field -> assertThat(field.path("description").asText()).endsWith("."));
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
                "[]"
            })
    void whatItRefusesTheCodeFindsFaultWith(String document) throws IOException {
        assertThat(schema().validate(document, InputFormat.JSON)).isNotEmpty();
        assertThat(assemble(web("www.example.com").data(document)).findings()).isNotEmpty();
    }
}
