package com.example.routesfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Topology;
import io.interlock.testkit.TopologyFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesFileTextTest {

    @Test
    void eachNameHasALineWithItsServers() {
        Topology topology = TopologyFixtures.host(
                List.of("www.example.com", "example.org"),
                TopologyFixtures.server("one", "10.0.0.1", 8080),
                TopologyFixtures.server("two", "10.0.0.2", 8080));

        assertThat(RoutesFileText.of(topology))
                .isEqualTo("example.org/ 10.0.0.1:8080 10.0.0.2:8080\n"
                        + "www.example.com/ 10.0.0.1:8080 10.0.0.2:8080\n");
    }
}
