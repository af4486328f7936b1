package io.interlock.stats.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.HealthCheck;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StatsJsonWriterTest {

    private static final String HASH = "$5$rounds=1000$abc$Mz4DiYKTnNKbZLo/mIp3d8Y4aQBhv3uhSwxLDy55/Y8";

    @Test
    void secretsOfABackendAreReplaced() {
        Backend backend = new Backend(
                "www_example_com",
                List.of(),
                new HealthCheck.Tcp(),
                List.of(),
                List.of(
                        new BackendPolicy.BasicAuthentication(
                                List.of(new BackendPolicy.BasicAuthentication.User("alice", HASH))),
                        new BackendPolicy.RequestHeaders(List.of(HeaderChange.set("X-Token", "s3cret"))),
                        new BackendPolicy.ResponseHeaders(List.of(HeaderChange.set("X-Other", "s3cret")))));

        assertThat(new String(new StatsJsonWriter().write(backend), StandardCharsets.UTF_8))
                .contains("\"name\":\"alice\",\"hash\":\"…\"", "\"name\":\"X-Token\",\"value\":\"…\"")
                .doesNotContain("s3cret", "Mz4DiYKT");
    }
}
