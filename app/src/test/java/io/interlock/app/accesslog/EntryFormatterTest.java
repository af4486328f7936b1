package io.interlock.app.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogEntry.Request;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class EntryFormatterTest {

    private static final int ROUNDS = 500;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void aJsonLineHasAllFieldsAndOnlySelectedHeaders() throws Exception {
        JsonNode line = json.readTree(
                new EntryFormatter(SampleEntries.config(LineFormat.JSON)).line(SampleEntries.entry("/a?b=c")));

        assertThat(line.path("time").asText()).isEqualTo("1.700000000042E9");
        assertThat(line.path("client").asText()).isEqualTo("192.0.2.7");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("uri").asText()).isEqualTo("/a?b=c");
        assertThat(line.path("server").asText()).isEqualTo("shop-1");
        assertThat(line.path("time_active").asInt()).isEqualTo(6);
        assertThat(line.path("request_headers").path("x-trace").asText()).isEqualTo("17");
        assertThat(line.has("response_headers")).isFalse();
        assertThat(line.size()).isEqualTo(AccessLogField.values().length + 1);
    }

    @Test
    void fieldsAreSelectedInTheirOrderAndQueriesRemoved() {
        AccessLogConfig some = new AccessLogConfig(
                SampleEntries.config(LineFormat.JSON).target(),
                LineFormat.JSON,
                List.of(AccessLogField.STATUS, AccessLogField.URI, AccessLogField.REFERER),
                List.of(),
                List.of(),
                false,
                SampleEntries.config(LineFormat.JSON).filter());

        assertThat(new EntryFormatter(some).line(SampleEntries.entry("/a?token=secret")))
                .isEqualTo("{\"status\":200,\"uri\":\"/a\",\"referer\":\"http://other/\"}");
    }

    @Test
    void queriesAreRemovedFromEveryFormat() {
        for (LineFormat format : LineFormat.values()) {
            AccessLogConfig config = SampleEntries.config(format);
            EntryFormatter formatter = new EntryFormatter(new AccessLogConfig(
                    config.target(), format, config.fields(), List.of(), List.of(), false, config.filter()));

            assertThat(formatter.line(SampleEntries.entry("/a?token=secret")))
                    .as(format.name())
                    .contains("/a")
                    .doesNotContain("secret");
        }
    }

    @Test
    void theCombinedFormatIsThatOfWebServers() {
        String line = new EntryFormatter(SampleEntries.config(LineFormat.COMBINED)).line(SampleEntries.entry("/a?b=c"));

        assertThat(line)
                .matches(
                        "192\\.0\\.2\\.7 - - \\[\\d{2}/Nov/2023:\\d{2}:\\d{2}:20 [+-]\\d{4}] \"GET /a\\?b=c HTTP/1\\.1\""
                                + " 200 321 \"http://other/\\?secret\" \"probe\"");
        assertThat(new EntryFormatter(SampleEntries.config(LineFormat.COMBINED))
                        .line(SampleEntries.entry(new Request("", "", "", "", "", ""), 0)))
                .contains("\"-\" 0 321 \"-\" \"-\"");
    }

    @Test
    void nothingThatAClientSendsBreaksALine() throws Exception {
        long seed = RandomGenerator.getDefault().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            AccessLogEntry entry = SampleEntries.entry(
                    new Request(
                            hostile(random),
                            hostile(random),
                            hostile(random),
                            hostile(random),
                            hostile(random),
                            hostile(random)),
                    200);
            for (LineFormat format : List.of(LineFormat.JSON, LineFormat.COMBINED)) {
                String line = new EntryFormatter(SampleEntries.config(format)).line(entry);
                String written = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
                assertThat(written)
                        .as("seed %d, round %d, %s", seed, round, format)
                        .isEqualTo(line)
                        .matches(text -> text.chars().noneMatch(Character::isISOControl))
                        .doesNotContain("\u2028", "\u2029");
            }
            JsonNode read = json.readTree(new EntryFormatter(SampleEntries.config(LineFormat.JSON)).line(entry));
            assertThat(List.of(
                            read.path("method").asText(),
                            read.path("host").asText(),
                            read.path("uri").asText(),
                            read.path("user_agent").asText(),
                            read.path("referer").asText()))
                    .as("seed %d, round %d", seed, round)
                    .containsExactly(
                            entry.request().method(),
                            entry.request().host(),
                            entry.request().uri(),
                            entry.request().userAgent(),
                            entry.request().referer());
        }
    }

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append("\"\\/{}[]:,'<>\u007f\u0085\u2028\u2029\ufffd".charAt(random.nextInt(17)));
                case 2 -> text.append((char) (' ' + random.nextInt(0x5f)));
                default -> text.append((char) random.nextInt(0x1_0000));
            }
        }
        return text.toString();
    }
}
