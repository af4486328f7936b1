package io.interlock.app.admin;

import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import io.interlock.app.status.StatusFixture;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.field.ContainerField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * Puts a marker into every place where a secret may stand, rightly or by mistake, and looks for it in every output of
 * the application: the log, findings, and the answers of every command.
 */
@Tag("unit")
class SecretDisclosureTest {

    private static final String MARKER = "hunter2Marker";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String HASH = "$5$rounds=1000$abc$" + (MARKER + "a".repeat(43)).substring(0, 43);

    /** What people write where a secret belongs. */
    private static final List<String> TEXTS = List.of(
            MARKER,
            "alice:" + MARKER,
            "alice " + MARKER,
            MARKER + " x:y",
            "alice:" + HASH,
            "al ice:" + HASH,
            "X-A: " + MARKER,
            "X-A:" + MARKER + "\u0001",
            "X A " + MARKER + ": x",
            "Authorization= Bearer " + MARKER + ":1",
            "Host: " + MARKER,
            "X-A: " + MARKER + "é");

    @TempDir
    Path folder;

    static List<ContainerField> secretFields() {
        return Arrays.stream(ContainerField.values())
                .filter(ContainerField::isSecret)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("secretFields")
    void aSecretOfAContainerIsNowhere(ContainerField field) throws Exception {
        for (JsonNode value : values()) {
            for (String check : List.of("", "\"check\": \"/health\", ")) {
                String data = check + "\"" + field.key() + "\": " + value;
                assertNowhere(web("www.example.com").data("{" + data + "}"));
                assertNowhere(web("www.example.com").data("{\"routes\": {\"a\": {\"path\": \"/a\", " + data + "}}}"));
            }
        }
        for (String text : TEXTS) {
            assertNowhere(web("www.example.com").label("interlock." + field.key(), text));
            assertNowhere(
                    web("www.example.com").label("interlock.check", "/health").label("interlock." + field.key(), text));
            assertNowhere(web("www.example.com").label("interlock.routes.a." + field.key(), text));
        }
    }

    @Test
    void aValueUnderAMisspelledNameIsNowhere() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (ContainerField field : ContainerField.values()) {
            String wrong = misspelled(field.key(), random);
            String what = wrong + ", seed " + seed;
            if (Stream.of(ContainerField.values())
                    .noneMatch(other -> other.key().equals(wrong))) {
                for (JsonNode value :
                        List.of(JSON.textNode(MARKER), JSON.arrayNode().add(MARKER))) {
                    ObjectNode data = JSON.objectNode();
                    data.set(wrong, value);
                    assertNowhere(what, web("www.example.com").data(data.toString()));
                }
                assertNowhere(what, web("www.example.com").label("interlock." + wrong, MARKER));
                assertNowhere(what, web("www.example.com").label("interlock.routes.a." + wrong, MARKER));
            }
        }
    }

    @Test
    void aSecretOfTheOperatorIsInNoProblem() throws Exception {
        for (String key : List.of("stats_password", "stats_pasword", "statspassword", "password", "token")) {
            for (JsonNode value : values()) {
                ObjectNode file = JSON.objectNode().put("stats_user", "ops");
                file.set(key, value);
                assertThat(problems(file.toString())).as(file.toString()).noneMatch(text -> text.contains(MARKER));
            }
        }
        for (String key : List.of("ssl_key", "ssl-key", "sslkey", "key", "password")) {
            for (JsonNode value : values()) {
                ObjectNode engine = JSON.objectNode().put("url", "tcp://127.0.0.1:2376");
                engine.set(key, value);
                ObjectNode file = JSON.objectNode();
                file.putArray("engines").add(engine);
                assertThat(problems(file.toString())).as(file.toString()).noneMatch(text -> text.contains(MARKER));
            }
        }
    }

    private static List<JsonNode> values() {
        List<JsonNode> values = new ArrayList<>();
        for (String text : TEXTS) {
            values.add(JSON.textNode(text));
            values.add(JSON.arrayNode().add(text));
            values.add(JSON.arrayNode().add(JSON.arrayNode().add(text)));
            values.add(JSON.objectNode().put(text, text));
        }
        return values;
    }

    private static String misspelled(String key, Random random) {
        int at = random.nextInt(key.length());
        return switch (random.nextInt(4)) {
            case 0 -> key.substring(0, at) + key.substring(at + 1) + "x";
            case 1 -> key.substring(0, at) + "x" + key.substring(at);
            case 2 -> key.replace('_', '-') + "s";
            default -> "my_" + key;
        };
    }

    private void assertNowhere(ContainerFactsBuilder container) throws Exception {
        assertNowhere("", container);
    }

    private static void assertNowhere(String what, ContainerFactsBuilder container) throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Level before = root.getLevel();
        root.setLevel(Level.TRACE);
        root.addAppender(log);
        try (StatusFixture status = new StatusFixture()) {
            status.runs(container);
            AdminCommands commands = new AdminCommands(new StubAdminService(status), true);
            List<String> outputs = new ArrayList<>();
            for (String question : List.of(
                    "status",
                    "routes",
                    "events",
                    "plugins",
                    "certificates",
                    "explain www.example.com",
                    "explain www.example.com/a",
                    "explain www-example-com")) {
                outputs.add(commands.answer(question).toString());
            }
            outputs.add(status.view().toString());
            outputs.add(status.explain("www.example.com").toString());
            // Other tests log at the same time; the appender appends under its own lock.
            synchronized (log) {
                log.list.forEach(event -> outputs.add(event.getFormattedMessage()));
            }
            assertThat(outputs.stream().filter(text -> text.contains(MARKER)))
                    .as("%s: %s", what, container.facts().interlockData())
                    .isEmpty();
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }
    }

    private List<String> problems(String file) throws IOException {
        Path written = Files.writeString(folder.resolve("controller.conf"), file);
        ProcessEnvironment environment = new ProcessEnvironment(Map.of(), folder, Optional.empty(), true);
        ConfigResult result = new ConfigReader(environment).read(Optional.of(written), CommandLineOverrides.NONE);
        return switch (result) {
            case ConfigResult.Valid valid -> List.of(valid.toString());
            case ConfigResult.Invalid invalid ->
                invalid.problems().stream().map(Object::toString).toList();
        };
    }
}
