package io.interlock.app.docker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class SwarmStateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|NONE",
                "{\"Swarm\":null}|NONE",
                "{\"Swarm\":{\"LocalNodeState\":\"inactive\",\"ControlAvailable\":false}}|NONE",
                "{\"Swarm\":{\"LocalNodeState\":\"active\",\"ControlAvailable\":false}}|NONE",
                "{\"Swarm\":{\"LocalNodeState\":\"active\",\"ControlAvailable\":true}}|MANAGER",
                "{\"Swarm\":{\"LocalNodeState\":\"locked\",\"ControlAvailable\":false}}|UNAVAILABLE",
                "{\"Swarm\":{\"LocalNodeState\":\"pending\"}}|UNAVAILABLE",
                "{\"Swarm\":{\"LocalNodeState\":\"error\",\"Error\":\"no quorum\"}}|UNAVAILABLE"
            })
    void itIsWhatTheEngineSaysOfItself(String info, SwarmState state) throws IOException {
        assertThat(SwarmState.read(new ObjectMapper().readTree(info))).isEqualTo(state);
    }
}
