package io.interlock.app.docker.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SwarmTaskRegistryTest {

    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    private final SwarmTaskRegistry tasks = new SwarmTaskRegistry();

    @Test
    void aTaskThatRunsIsDifferentOnce() {
        assertThat(tasks.saw(List.of(task("a", 1, ONE)), any -> true)).containsExactly(ONE);
        assertThat(tasks.saw(List.of(task("a", 1, ONE)), any -> true)).isEmpty();
        assertThat(tasks.saw(List.of(task("a", 2, ONE)), any -> true)).containsExactly(ONE);
    }

    @Test
    void aTaskWhoseContainerDoesNotRunYetIsNotThere() {
        assertThat(tasks.saw(List.of(new SwarmTask("a", 1, "s", "n", "", false, true)), any -> true))
                .isEmpty();
        assertThat(tasks.containers()).isEmpty();
    }

    @Test
    void aTaskThatIsWantedNoMoreIsLookedAtUntilItHasEnded() {
        tasks.saw(List.of(task("a", 1, ONE)), any -> true);

        assertThat(tasks.saw(List.of(), any -> true)).containsExactly(ONE);
        assertThat(tasks.saw(List.of(), any -> true)).isEmpty();
        assertThat(tasks.leaving()).containsExactly("a");
        SwarmTask stopping = new SwarmTask("a", 2, "s", "n", ONE, true, false);
        assertThat(tasks.sawLeaving(List.of("a"), List.of(stopping))).containsExactly(ONE);
        assertThat(tasks.sawLeaving(List.of("a"), List.of(stopping))).isEmpty();
        assertThat(tasks.sawLeaving(List.of("a"), List.of())).containsExactly(ONE);
        tasks.remove(ONE);
        assertThat(tasks.leaving()).isEmpty();
    }

    @Test
    void aLookAtOneServiceSaysNothingOfAnother() {
        tasks.saw(List.of(task("a", 1, ONE)), any -> true);

        assertThat(tasks.saw(List.of(), task -> task.serviceId().equals("another")))
                .isEmpty();
        assertThat(tasks.leaving()).isEmpty();
    }

    @Test
    void aTaskThatIsWantedAgainIsDifferent() {
        tasks.saw(List.of(task("a", 1, ONE), task("b", 1, TWO)), any -> true);
        tasks.saw(List.of(task("b", 1, TWO)), any -> true);

        assertThat(tasks.saw(List.of(task("a", 1, ONE), task("b", 1, TWO)), any -> true))
                .containsExactly(ONE);
    }

    private static SwarmTask task(String id, long version, String container) {
        return new SwarmTask(id, version, "s", "n", container, true, true);
    }
}
