package io.interlock.app.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.interlock.app.config.problem.ConfigProblemCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the schema of service files for editors agrees with the code. */
@Tag("unit")
class ServiceFileSchemaTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(\\{.*?)\n```", Pattern.DOTALL);

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(DOCS.resolve("service.schema.json")), InputFormat.JSON);
    }

    static Stream<String> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(DOCS.resolve("services.md")))
                .results()
                .map(match -> match.group(1))
                .filter(example -> example.contains("\"servers\""));
    }

    private static boolean isRead(String text) {
        return ServiceFileReader.read("svc", text, new ConfigProblemCollector())
                .filter(file -> ServiceDataValidator.problems(file).isEmpty())
                .isPresent();
    }

    private static void assertTaken(String text) throws IOException {
        assertThat(schema().validate(text, InputFormat.JSON)).isEmpty();
        assertThat(isRead(text)).isTrue();
    }

    private static void assertRefused(String text) throws IOException {
        assertThat(schema().validate(text, InputFormat.JSON)).isNotEmpty();
        assertThat(isRead(text)).isFalse();
    }

    private static String servers(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "\"10.0.0." + i + ":80\"")
                .collect(Collectors.joining(", ", "{\"hostname\": \"a.example.com\", \"servers\": [", "]}"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itTakesEveryExampleOfTheDocument(String example) throws IOException {
        assertTaken(example);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hostname\": \"a.example.com\", \"port\": 80, \"servers\": [\"a.internal\", \"[::1]\"]}",
                "{\"hostname\": \"a.example.com\", \"servers\": [{\"address\": \"a:1\", \"weight\": 256}]}",
                "{\"hostname\": \"a.example.com\", \"weight\": \"5\", \"servers\": [\"[2001:db8::1]:8081\"]}",
                "{\"hostname\": \"a.example.com\", \"routes\": {\"api\": {\"path\": \"/api\", \"port\": \"9\"}},"
                        + " \"servers\": [\"a:1\"]}"
            })
    void itTakesWhatTheCodeReads(String text) throws IOException {
        assertTaken(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hostname\": \"a.example.com\"}",
                "{\"servers\": []}",
                "{\"servers\": \"a:1\"}",
                "{\"servers\": [\"http://a:1\"]}",
                "{\"servers\": [\"::1\"]}",
                "{\"servers\": [\"a:123456\"]}",
                "{\"servers\": [5]}",
                "{\"servers\": [\"a:1\", \"a:1\"]}",
                "{\"servers\": [{}]}",
                "{\"servers\": [{\"address\": \"a:1\", \"port\": 1}]}",
                "{\"servers\": [{\"address\": \"a:1\", \"weight\": 257}]}",
                "{\"servers\": [{\"address\": \"a:1\", \"weight\": \"5\"}]}",
                "{\"servers\": [{\"address\": \"a:1\", \"backup\": \"true\"}]}",
                "{\"port\": \"80\", \"servers\": [\"a\"]}",
                "{\"port\": 65536, \"servers\": [\"a:1\"]}",
                "{\"network\": \"front\", \"servers\": [\"a:1\"]}",
                "{\"routes\": [{\"network\": \"front\"}], \"servers\": [\"a:1\"]}",
                "{\"routes\": [{\"servers\": [\"b:1\"]}], \"servers\": [\"a:1\"]}",
                "{\"hostnam\": \"a.example.com\", \"servers\": [\"a:1\"]}",
                "[]"
            })
    void whatItRefusesIsAProblemOfTheFile(String text) throws IOException {
        assertRefused(text);
    }

    @Test
    void itLimitsServersAsTheCodeDoes() throws IOException {
        assertTaken(servers(ServiceFileReader.MOST_SERVERS));
        assertRefused(servers(ServiceFileReader.MOST_SERVERS + 1));
    }
}
