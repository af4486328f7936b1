package io.interlock.app.docker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RunningContainerRegistryTest {

    private final RunningContainerRegistry registry = new RunningContainerRegistry(10_000);

    @Test
    void whatFitsIsKept() {
        for (int i = 0; i < 9; i++) {
            assertThat(put("c" + i, 600)).containsExactly("c" + i);
        }
        assertThat(leftOut()).isEmpty();
    }

    @Test
    void thoseThatSayMostLoseTheirDataUntilTheRestFits() {
        put("small", 100);
        put("large", 4_000);
        put("larger", 5_000);

        assertThat(put("medium", 2_000)).containsExactly("larger", "medium");
        assertThat(leftOut()).containsExactly("larger");
        assertThat(put("largest", 9_000)).containsExactly("largest");
        assertThat(leftOut()).containsExactlyInAnyOrder("larger", "largest");
    }

    @Test
    void theOrderDoesNotMatter() {
        put("larger", 5_000);
        put("medium", 2_000);
        put("large", 4_000);
        put("small", 100);

        assertThat(leftOut()).containsExactly("larger");
    }

    @Test
    void oneThatIsInspectedAgainIsKeptAsSoonAsItFits() {
        put("a", 8_000);
        put("b", 7_000);
        assertThat(leftOut()).containsExactly("a");

        assertThat(registry.remove("b")).isTrue();
        assertThat(registry.remove("b")).isFalse();
        assertThat(put("a", 8_000)).containsExactly("a");
        assertThat(leftOut()).isEmpty();
    }

    private List<String> put(String id, int characters) {
        return registry.put(id, container(id, characters), 1).stream()
                .map(different -> different.facts().name())
                .toList();
    }

    private List<String> leftOut() {
        return registry.all().stream()
                .map(container -> container.inspection().facts())
                .filter(facts -> facts.excess().isPresent())
                .map(ContainerFacts::name)
                .toList();
    }

    private static ContainerInspection container(String id, int characters) {
        ContainerFacts facts = new ContainerFacts(
                new ContainerKey("local", id),
                id,
                "",
                Instant.EPOCH,
                Instant.EPOCH,
                false,
                false,
                Health.NONE,
                "",
                "",
                Optional.of("x".repeat(characters)),
                Map.of(),
                List.of(),
                List.of(),
                "",
                List.of());
        return new ContainerInspection(true, facts, "SIGTERM", Duration.ofSeconds(10), List.of());
    }
}
