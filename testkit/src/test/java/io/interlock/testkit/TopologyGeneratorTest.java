package io.interlock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Topology;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TopologyGeneratorTest {

    @Test
    void theSameSeedGivesTheSameTopologies() {
        TopologyGenerator one = new TopologyGenerator(7);
        TopologyGenerator other = new TopologyGenerator(7);

        for (int i = 0; i < 100; i++) {
            assertThat(other.next(10)).isEqualTo(one.next(10));
        }
    }

    @Test
    void manyTopologiesShowEveryFeatureOfTheModel() {
        TopologyGenerator generator = new TopologyGenerator(1);
        List<Topology> many =
                Stream.generate(() -> generator.next(10)).limit(200).toList();

        assertThat(many).anyMatch(topology -> topology.virtualHosts().isEmpty());
        assertThat(many)
                .anyMatch(topology -> topology.virtualHosts().stream()
                        .anyMatch(host -> host.hostNames().stream().anyMatch(HostName::isWildcard)));
        assertThat(many)
                .anyMatch(topology -> topology.virtualHosts().stream()
                        .anyMatch(host -> host.routes().size() > 1));
        assertThat(many)
                .anyMatch(topology -> topology.backends().stream()
                        .anyMatch(backend -> backend.servers().isEmpty()));
    }

    @Test
    void topologiesByHandStandSideBySide() {
        Topology topology = TopologyFixtures.of(
                TopologyFixtures.host("a.com", TopologyFixtures.server("web", "10.0.0.1", 80)),
                TopologyFixtures.host(List.of("b.com", "c.com"), TopologyFixtures.draining("db", "fd00::1", 8080)));

        assertThat(topology.backends()).extracting("name").containsExactly("a_com", "b_com");
        assertThatIllegalArgumentException().isThrownBy(() -> TopologyFixtures.server("web", "localhost", 80));
    }
}
