package com.example.statsfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.testkit.StatsSnapshotBuilder;
import io.interlock.testkit.TopologyFixtures;
import org.junit.jupiter.api.Test;

class StatsFileTextTest {

    @Test
    void eachServerHasALineWithItsRequests() {
        assertThat(StatsFileText.of(StatsSnapshotBuilder.serving(TopologyFixtures.host(
                        "www.example.com", TopologyFixtures.server("one", "10.0.0.1", 8080)))))
                .isEqualTo("haproxy,www_example_com,one,UP,100\n");
    }
}
