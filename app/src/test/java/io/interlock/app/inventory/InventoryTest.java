package io.interlock.app.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class InventoryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final NetworkLocation ON_HOST = new NetworkLocation.OnHost();

    private final Inventory inventory = new Inventory(Set.of("one", "two"));
    private int changes;

    @BeforeEach
    void count() {
        inventory.onChange(() -> changes++);
    }

    @Test
    void everyEngineIsUnknownAtFirst() {
        assertThat(inventory.snapshot().engines()).containsOnlyKeys("one", "two");
        assertThat(inventory.snapshot().engines().values()).allSatisfy(engine -> {
            assertThat(engine.connection()).isEqualTo(new Connection.Unknown());
            assertThat(engine.containers()).isEmpty();
        });
    }

    @Test
    void onlyARealChangeIsTold() {
        inventory.put(facts("one", "a", "web"));
        inventory.put(facts("one", "a", "web"));
        assertThat(changes).isEqualTo(1);
        inventory.put(facts("one", "a", "renamed"));
        assertThat(changes).isEqualTo(2);
        inventory.remove(new ContainerKey("one", "a"));
        inventory.remove(new ContainerKey("one", "a"));
        assertThat(changes).isEqualTo(3);
    }

    @Test
    void aResyncIsOneChangeAndReplacesAll() {
        inventory.connected("one", NOW, ON_HOST, List.of(facts("one", "a", "a"), facts("one", "b", "b")));
        inventory.connected("one", NOW, ON_HOST, List.of(facts("one", "a", "a"), facts("one", "b", "b")));
        assertThat(changes).isEqualTo(1);

        inventory.connected("one", NOW, ON_HOST, List.of(facts("one", "c", "c")));

        assertThat(changes).isEqualTo(2);
        assertThat(inventory.snapshot().engine("one").containers()).containsOnlyKeys("c");
    }

    @Test
    void aNewVantageIsAChange() throws Exception {
        inventory.connected("one", NOW, ON_HOST, List.of());
        inventory.connected("one", NOW, new NetworkLocation.Remote(InetAddress.getByName("192.0.2.1")), List.of());

        assertThat(changes).isEqualTo(2);
    }

    @Test
    void anUnreachableEngineKeepsItsContainersAndTheTimeOfItsLossAndTellsTheLatestReason() {
        inventory.connected("one", NOW, ON_HOST, List.of(facts("one", "a", "a")));
        inventory.unreachable("one", NOW.plusSeconds(1), "refused");
        inventory.unreachable("one", NOW.plusSeconds(2), "not trusted");
        inventory.unreachable("one", NOW.plusSeconds(3), "not trusted");

        EngineSnapshot one = inventory.snapshot().engine("one");
        assertThat(one.containers()).containsOnlyKeys("a");
        assertThat(one.connection()).isEqualTo(new Connection.Unreachable(NOW.plusSeconds(1), "not trusted"));
        assertThat(changes).isEqualTo(3);
    }

    @Test
    void anEngineThatWasNeverReachedStaysUnknownAndTellsWhy() {
        inventory.unreachable("one", NOW, "refused");
        inventory.unreachable("one", NOW.plusSeconds(1), "refused");

        assertThat(inventory.snapshot().engine("one").connection())
                .isEqualTo(new Connection.Unknown(Optional.of("refused")));
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void aSnapshotNeverChangesAndIsTheSameWhileNothingDoes() {
        inventory.put(facts("one", "a", "a"));
        InventorySnapshot before = inventory.snapshot();
        assertThat(inventory.snapshot()).isSameAs(before);

        inventory.put(facts("one", "b", "b"));

        assertThat(before.engine("one").containers()).containsOnlyKeys("a");
        assertThat(inventory.snapshot().engine("one").containers()).containsOnlyKeys("a", "b");
    }

    @Test
    void anEngineThatDidNotChangeIsNotCopiedAgain() {
        inventory.put(facts("one", "a", "a"));
        EngineSnapshot one = inventory.snapshot().engine("one");

        inventory.put(facts("two", "a", "a"));

        assertThat(inventory.snapshot().engine("one")).isSameAs(one);
    }

    @Test
    void aListenerSeesTheChangeThatItIsToldOf() {
        inventory.onChange(() ->
                assertThat(inventory.snapshot().engine("one").containers()).isNotEmpty());

        inventory.put(facts("one", "a", "a"));

        assertThat(changes).isEqualTo(1);
    }

    @Test
    void anEngineThatIsNotConfiguredIsRefused() {
        assertThatThrownBy(() -> inventory.put(facts("three", "a", "a"))).hasMessageContaining("three");
    }

    private static ContainerFacts facts(String engine, String id, String name) {
        return new ContainerFacts(
                new ContainerKey(engine, id),
                name,
                "test/image:1",
                NOW,
                NOW,
                false,
                false,
                Health.NONE,
                "",
                "",
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                "default",
                List.of());
    }
}
