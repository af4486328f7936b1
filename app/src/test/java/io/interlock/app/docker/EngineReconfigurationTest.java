package io.interlock.app.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.AwaitTimeout;
import io.interlock.app.docker.ScriptedEngine.Container;
import io.interlock.app.docker.watch.EngineWatchStats;
import io.interlock.app.inventory.FactSelection;
import io.interlock.app.inventory.Inventory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests engines that are added, changed and removed while others are watched. */
@Tag("unit")
class EngineReconfigurationTest {

    private final ScriptedEngine one = new ScriptedEngine();
    private final ScriptedEngine two = new ScriptedEngine();
    private final Inventory inventory = new Inventory(Set.of("one"));
    private final EngineWatcherManager watchers = new EngineWatcherManager(List.of(one.config("one")), inventory);

    EngineReconfigurationTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        watchers.close();
        one.close();
        two.close();
    }

    @Test
    void anEngineIsAddedAndAnotherIsNotConnectedToAgain() throws Exception {
        startWithOne();

        watchers.reconfigure(EngineWatchSettings.of(List.of(one.config("one"), two.config("two"))), Set.of());

        await("two is known", () -> names("two").equals(Set.of("two.example.com")));
        assertThat(connects("one")).isEqualTo(1);
        assertThat(names("one")).containsExactly("one.example.com");
    }

    @Test
    void aRemovedEngineStaysUntilTheAddedOneHasAnswered() throws Exception {
        startWithOne();
        List<Integer> known = new CopyOnWriteArrayList<>();
        inventory.onChange(() -> known.add(all()));

        watchers.reconfigure(EngineWatchSettings.of(List.of(one.config("renamed"))), Set.of());

        assertThat(inventory.snapshot().engines()).containsOnlyKeys("renamed");
        assertThat(names("renamed")).containsExactly("one.example.com");
        assertThat(known).as("the container was known all the time").doesNotContain(0);
    }

    @Test
    void theContainersOfAnEngineThatMovedStayUntilItAnswers() throws Exception {
        startWithOne();
        List<Integer> known = new CopyOnWriteArrayList<>();
        inventory.onChange(() -> known.add(all()));

        watchers.reconfigure(EngineWatchSettings.of(List.of(two.config("one"))), Set.of());

        await("the other is known", () -> names("one").equals(Set.of("two.example.com")));
        assertThat(known).doesNotContain(0);
    }

    @Test
    void otherLabelsAndRenewedFilesConnectAgain() throws Exception {
        startWithOne();

        assertThat(requestsDuring(EngineWatchSettings.of(List.of(one.config("one"))), Set.of()))
                .isZero();
        assertThat(requestsDuring(EngineWatchSettings.of(List.of(one.config("one"))), Set.of("one")))
                .isPositive();
        EngineWatchSettings withLabel =
                EngineWatchSettings.of(List.of(one.config("one")), FactSelection.ofLabels(Set.of("team")), false);
        assertThat(requestsDuring(withLabel, Set.of())).isPositive();
        assertThat(names("one")).containsExactly("one.example.com");
    }

    /** The requests that were sent until the engine is connected with these settings. */
    private int requestsDuring(EngineWatchSettings settings, Set<String> renewed) throws InterruptedException {
        int requests = one.requests.get();
        watchers.reconfigure(settings, renewed);
        await("it is connected", () -> connects("one") == 1);
        return one.requests.get() - requests;
    }

    private long connects(String engine) {
        return Optional.ofNullable(watchers.counters().get(engine))
                .map(EngineWatchStats::connects)
                .orElse(0L);
    }

    private void startWithOne() {
        one.run(1, Container.named("one.example.com"));
        two.run(2, Container.named("two.example.com"));
        watchers.start();
        await("one is known", () -> names("one").equals(Set.of("one.example.com")));
    }

    private interface Condition {
        boolean isTrue();
    }

    private static void await(String what, Condition condition) {
        AwaitTimeout.await().alias(what).until(condition::isTrue);
    }

    private int all() {
        return inventory.snapshot().engines().values().stream()
                .mapToInt(engine -> engine.containers().size())
                .sum();
    }

    private Set<String> names(String engine) {
        return inventory.snapshot().engine(engine).containers().values().stream()
                .map(container -> container.name())
                .collect(Collectors.toSet());
    }
}
