package io.interlock.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TopTextTest {

    private static final String FIRST = "2026-01-01T00:00:00Z";
    private static final String LATER = "2026-01-01T00:00:04Z";

    @Test
    void ratesAreThoseBetweenTwoAnswersAndTheBusiestComesFirst() throws JsonProcessingException {
        JsonNode before = answer(FIRST, backend("a", FIRST, 100, 0, 0), backend("b", FIRST, 100, 10, 4));
        JsonNode now = answer(LATER, backend("a", LATER, 104, 0, 0), backend("b", LATER, 900, 12, 12));

        assertThat(TopText.of(before, now, 20).lines())
                .containsExactly(
                        LATER + "  2 backends: 201.0 requests/s, 2.0 errors/s",
                        "",
                        "HOST       BACKEND  REQ/S  4XX/S  5XX/S  IN FLIGHT  QUEUE  RESPONSE MS  STATE",
                        "b.example  b        200.0  0.5    2.0    3          0      7            up",
                        "a.example  a        1.0    0.0    0.0    3          0      7            up");
        assertThat(TopText.of(before, now, 1)).contains("b.example").doesNotContain("a.example");
    }

    @Test
    void aBackendThatIsNewAndCountersThatBeganAnewHaveNoRate() throws JsonProcessingException {
        JsonNode before = answer(FIRST, backend("a", FIRST, 100, 0, 0));
        JsonNode now = answer(LATER, backend("a", LATER, 4, 0, 0), backend("new", LATER, 9, 0, 0));

        assertThat(TopText.of(before, now, 20).lines().skip(3))
                .allSatisfy(line -> assertThat(line).containsPattern("example +\\w+ +-  "));
    }

    @Test
    void whatNoProxyTellsIsNotShown() throws JsonProcessingException {
        JsonNode nothing = new ObjectMapper().readTree("{\"at\": \"" + FIRST + "\", \"backends\": []}");

        assertThat(TopText.of(nothing, nothing, 20)).contains("0 backends", "Nothing is served.");
        JsonNode hostile = new ObjectMapper()
                .readTree("{\"at\": \"" + FIRST
                        + "\", \"backends\": [{\"name\": \"x\\n\\u001b[2J\", \"host_names\": [\"h\"],"
                        + " \"at\": \"no time\", \"traffic\": {\"requests\": null}}]}");
        assertThat(TopText.of(hostile, hostile, 20)).doesNotContain("\u001b").contains("down");
    }

    private static JsonNode answer(String at, String... backends) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree("{\"at\": \"" + at + "\", \"backends\": [" + String.join(",", backends) + "]}");
    }

    private static String backend(String name, String at, int requests, int clientErrors, int serverErrors) {
        return """
                {"load_balancer": "haproxy", "name": "%s", "host_names": ["%s.example"], "at": "%s", "available": true,
                 "traffic": {"current_sessions": 3, "requests": %d, "current_queue": 0, "times": {"response": 7},
                 "responses": {"client_errors": %d, "server_errors": %d}}}""".formatted(name, name, at, requests, clientErrors, serverErrors);
    }
}
