package io.interlock.stats.graphite;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.ContainerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CarbonContainerNamesTest {

    private static final List<String> ENGINES = List.of("rack.1", "rack_1", "rack-1");

    @Test
    void aNameWithoutSpecialCharactersIsUnchanged() {
        assertThat(names(false, container("local", "web-1"))).containsExactly("web-1");
        assertThat(names(true, container("rack-1", "web"))).containsExactly("nodes.rack-1.web");
    }

    @Test
    void aDotIsReplacedAndOnlyOtherContainersMakeItDistinct() {
        assertThat(names(false, container("local", "a.b"))).containsExactly("a_b");
        assertThat(names(false, container("local", "a.b"), container("local", "a_b")))
                .satisfiesExactly(
                        dotted -> assertThat(dotted).matches("a_b_[0-9a-f]{8}"),
                        plain -> assertThat(plain).isEqualTo("a_b"));
    }

    @Test
    void noTwoContainersShareAName() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            ContainerStatus[] containers = ENGINES.stream()
                    .flatMap(engine -> names(random).stream().map(name -> container(engine, name)))
                    .toArray(ContainerStatus[]::new);
            assertThat(names(true, containers))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates()
                    .allMatch(name -> name.matches("nodes\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+"));
        }
    }

    private static Set<String> names(Random random) {
        Set<String> names = new TreeSet<>();
        while (names.size() < 20) {
            names.add(IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i ->
                            List.of("a", ".", "_", "-", "nodes", " ", "\n", "é").get(random.nextInt(8)))
                    .collect(Collectors.joining()));
        }
        return names;
    }

    private static List<String> names(boolean withNodes, ContainerStatus... containers) {
        CarbonContainerNames names = new CarbonContainerNames(List.of(containers), withNodes);
        return List.of(containers).stream().map(names::of).toList();
    }

    private static ContainerStatus container(String engine, String name) {
        return new ContainerStatus(
                engine, "id", name, "image", Instant.EPOCH, ContainerStatus.Outcome.SERVED, "", List.of());
    }
}
