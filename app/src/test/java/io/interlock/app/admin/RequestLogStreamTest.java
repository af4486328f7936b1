package io.interlock.app.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogEntry.Request;
import io.interlock.api.loadbalancer.AccessLogEntry.Times;
import io.interlock.api.topology.Topology;
import io.interlock.app.accesslog.AccessLogManager;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogField;
import io.interlock.app.config.accesslog.AccessLogTarget;
import io.interlock.app.config.accesslog.RequestFilter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("unit")
class RequestLogStreamTest {

    private final AccessLogManager log = new AccessLogManager(
            List.of(new AccessLogConfig(
                    new AccessLogTarget.LiveOnly(),
                    LineFormat.JSON,
                    Arrays.asList(AccessLogField.values()),
                    List.of(),
                    List.of(),
                    true,
                    RequestFilter.ALL)),
            () -> Topology.EMPTY);

    @Test
    void theLatestRequestsOfAHostAndStatusAreShown() throws Exception {
        log.accept(entry("a.example", 200, "/1"));
        log.accept(entry("b.example", 500, "/2"));
        log.accept(entry("a.example", 503, "/3"));
        log.accept(entry("a.example", 502, "/4"));

        assertThat(answer(AdminCommands.logs(false, 20, "", ""))).contains("\"/1\"", "\"/2\"", "\"/3\"", "\"/4\"");
        assertThat(answer(AdminCommands.logs(false, 20, "a.example", "5xx")))
                .contains("\"/3\"", "\"/4\"")
                .doesNotContain("\"/1\"", "\"/2\"");
        assertThat(answer(AdminCommands.logs(false, 1, "*.example", "")).lines())
                .hasSize(1)
                .allMatch(line -> line.contains("\"/4\""));
    }

    @Test
    void whoFollowsIsToldHowManyRequestsWereMissed() throws Exception {
        log.accept(entry("a.example", 200, "/first"));
        StringBuilder text = new StringBuilder();
        int[] writes = {0};
        RequestLogStream stream = new RequestLogStream(Optional.of(log));
        assertThatThrownBy(() -> stream.answer(AdminCommands.logs(true, 20, "", ""), Duration.ofSeconds(30), part -> {
                    text.append(part);
                    if (writes[0]++ > 0) {
                        throw new IOException("gone");
                    }
                    for (int i = 0; i < 2_500; i++) {
                        log.accept(entry("a.example", 200, "/" + i));
                    }
                }))
                .hasMessage("gone");

        assertThat(text)
                .contains("/first", "{\"missed\":500}", "\"/500\"", "\"/2499\"")
                .doesNotContain("\"/499\"");
    }

    @Test
    void withoutALogOfRequestsTheAnswerSaysHowToGetOne() throws Exception {
        log.reconfigure(List.of());
        assertThat(error(AdminCommands.logs(false, 20, "", ""))).contains("access_log");
    }

    @Test
    void questionsOutsideOfTheGrammarAreRefused() throws Exception {
        for (String wrong : List.of("logs ", "logs follow x - -", "logs latest 1 - 999", "logs latest 1 a{b -")) {
            assertThat(error(wrong)).as(wrong).contains("expected");
        }
    }

    private String error(String question) throws Exception {
        JsonNode document = AdminJsonMapper.parse(answer(question));
        return AdminCommands.error(document).orElse("");
    }

    private String answer(String question) throws Exception {
        StringBuilder text = new StringBuilder();
        new RequestLogStream(Optional.of(log)).answer(question, Duration.ofSeconds(1), text::append);
        return text.toString();
    }

    private static AccessLogEntry entry(String host, int status, String uri) {
        return new AccessLogEntry(
                Instant.EPOCH,
                "192.0.2.7",
                1,
                "f",
                "b",
                "s",
                new Request("GET", host, uri, "HTTP/1.1", "", ""),
                OptionalInt.of(status),
                1,
                1,
                new Times(0, 0, 0, 0, 0),
                0,
                "----",
                "",
                Map.of(),
                Map.of(),
                uri);
    }
}
