package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.interlock.app.docker.client.EngineEvent.Kind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class EngineEventReaderTest {

    private static final String ID = "a8926cf02272f06622161bb333555422d2032d8381c01cc7b21d2d06305bca79";

    @ParameterizedTest
    @CsvSource({
        "start, STARTED",
        "restart, STARTED",
        "pause, CHANGED",
        "unpause, CHANGED",
        "rename, CHANGED",
        "update, CHANGED",
        "health_status: healthy, CHANGED",
        "kill, KILLED",
        "die, ENDED",
        "stop, ENDED",
        "destroy, ENDED",
        "remove, ENDED"
    })
    void eachEventThatMattersHasItsKind(String action, Kind kind) {
        assertThat(read(container(action))).map(EngineEvent::kind).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exec_start: sh", "exec_create: sh", "exec_die", "attach", "resize", "top", "create", "copy", ""
            })
    void whatCannotMatterIsNone(String action) {
        assertThat(read(container(action))).isEmpty();
    }

    @Test
    void aNetworksEventIsAboutItsContainer() {
        String json = """
                {"Type":"network","Action":"connect","Actor":{"ID":"net","Attributes":{"container":"%s","name":"b"}},
                 "time":1795357720,"timeNano":1795357720253115696}""".formatted(ID);

        assertThat(read(json))
                .contains(new EngineEvent(Kind.NETWORK, ID, Instant.ofEpochSecond(1_795_357_720L, 253_115_696L), ""));
        assertThat(read(json.replace("connect", "destroy"))).isEmpty();
    }

    @Test
    void anEventOfANodeIsOfNoContainer() {
        assertThat(read("""
                {"Type":"node","Action":"update","Actor":{"ID":"n1"},"time":1795357720}""")).contains(new EngineEvent(Kind.NODE, "", Instant.ofEpochSecond(1_795_357_720L), ""));
    }

    @Test
    void podmansEventOfANetworkIsAboutTheContainerItIsOf() {
        String json = """
                {"id":"%s","Type":"network","Action":"connect","Actor":{"ID":"%s",
                 "Attributes":{"containerExitCode":"0","image":"","name":"w2","podId":""}},"scope":"local",
                 "time":1795709465,"timeNano":1795709465566387929}""".formatted(ID, ID);

        assertThat(read(json))
                .contains(new EngineEvent(Kind.NETWORK, ID, Instant.ofEpochSecond(1_795_709_465L, 566_387_929L), ""));
    }

    @Test
    void podmanIsAskedForTheEndOfContainersInItsOwnWordsToo() {
        assertThat(EngineEventReader.FILTERS).contains("\"die\"", "\"died\"", "\"destroy\"", "\"remove\"");
    }

    @Test
    void podmansKillDoesNotSayWithWhichSignal() {
        assertThat(read(container("kill").replace("\"signal\":\"15\"", "\"image\":\"web\"")))
                .map(EngineEvent::signal)
                .contains("");
    }

    @Test
    void theSignalOfAKillIsKept() {
        assertThat(read(container("kill"))).map(EngineEvent::signal).contains("15");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "null", "7", "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"../x\"}}"})
    void nonsenseIsNoEvent(String json) {
        assertThat(read(json)).isEmpty();
    }

    private static String container(String action) {
        return """
                {"Type":"container","Action":"%s","Actor":{"ID":"%s","Attributes":{"signal":"15"}},"time":7}""".formatted(action, ID);
    }

    private static Optional<EngineEvent> read(String json) {
        try {
            return EngineEventReader.read(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
