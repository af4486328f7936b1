package io.interlock.app.pipeline;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Topology;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.EngineSnapshot.Connection;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class TopologyReconcilerTest {

    private static final InventorySnapshot UNKNOWN = inventory(new Connection.Unknown());
    private static final InventorySnapshot KNOWN = inventory(new Connection.Connected(Instant.EPOCH));

    private final List<Long> published = new CopyOnWriteArrayList<>();
    private final List<Long> observed = new CopyOnWriteArrayList<>();
    private final AtomicInteger assembled = new AtomicInteger();
    private volatile InventorySnapshot inventory = KNOWN;
    private volatile Topology topology = Topology.EMPTY;
    private TopologyReconciler reconciler = reconciler();

    private static InventorySnapshot inventory(Connection connection) {
        return new InventorySnapshot(
                Map.of("local", new EngineSnapshot("local", connection, new NetworkLocation.OnHost(), Map.of())));
    }

    private TopologyReconciler reconciler() {
        return new TopologyReconciler(
                () -> inventory,
                snapshot -> {
                    assembled.incrementAndGet();
                    return new PipelineResult(topology, List.of(), List.of());
                },
                (known, result) -> {},
                snapshot -> published.add(snapshot.revision()),
                (known, assembly, desired, holders) -> observed.add(desired.revision()));
    }

    private static FirstTopologyWait waiting(Duration patience) {
        return new FirstTopologyWait(Set.of("local"), patience, patience, patience);
    }

    private static Topology topology(String name) {
        return new Topology(List.of(), List.of(new Backend(name, List.of(), new HealthCheck.Tcp(), List.of())));
    }

    @AfterEach
    void close() throws InterruptedException {
        reconciler.close();
    }

    @Test
    void nothingIsPublishedWhileAnEngineIsUnknown() {
        inventory = UNKNOWN;
        reconciler.start(waiting(Duration.ofMinutes(1)));
        reconciler.changed();
        inventory = KNOWN;
        reconciler.changed();
        await().until(() -> published.size() == 1);
        // One run detects whether a container is being probed, one publishes; a change may come between the two.
        assertThat(assembled.get()).isBetween(2, 3);
    }

    @Test
    void anEngineThatStaysUnknownIsNotWaitedForForever() {
        inventory = UNKNOWN;
        reconciler.start(waiting(Duration.ofMillis(50)));
        await().until(() -> published.size() == 1);
    }

    @Test
    void theFirstTopologyWaitsOnlyForTheEnginesThatItNames() {
        inventory = UNKNOWN;
        Duration minute = Duration.ofMinutes(1);
        reconciler.start(new FirstTopologyWait(Set.of("other"), minute, minute, minute));
        await().until(() -> published.size() == 1);
    }

    @Test
    void engineAnswersAreServedSoonAfterTheFirst() {
        inventory = new InventorySnapshot(Map.of("local", UNKNOWN.engine("local"), "away", UNKNOWN.engine("local")));
        Duration minute = Duration.ofMinutes(1);
        reconciler.start(new FirstTopologyWait(Set.of("local", "away"), minute, Duration.ofMillis(50), minute));
        inventory = new InventorySnapshot(Map.of("local", KNOWN.engine("local"), "away", UNKNOWN.engine("local")));
        reconciler.changed();
        await().until(() -> published.size() == 1);
    }

    @Test
    void aResultIsRecordedBeforeItIsPublished() {
        List<String> order = new CopyOnWriteArrayList<>();
        reconciler = new TopologyReconciler(
                () -> inventory,
                snapshot -> new PipelineResult(topology, List.of(), List.of()),
                (known, result) -> order.add("recorded"),
                snapshot -> order.add("published"),
                (known, assembly, desired, holders) -> {});
        reconciler.start(waiting(Duration.ofMinutes(1)));
        await().until(() -> order.size() == 2);
        assertThat(order).containsExactly("recorded", "published");
    }

    @Test
    void aChangeThatMakesNoDifferenceReachesNobody() {
        reconciler.start(waiting(Duration.ofMinutes(1)));
        await().until(() -> published.size() == 1);
        int before = assembled.get();
        reconciler.changed();
        await().until(() -> assembled.get() > before);
        topology = topology("b");
        reconciler.changed();
        await().until(() -> published.size() == 2);
        assertThat(published).containsExactly(1L, 2L);
    }

    @Test
    void theObserverIsToldOfEveryLookWithWhatIsWantedThen() {
        reconciler.start(waiting(Duration.ofMinutes(1)));
        await().until(() -> observed.equals(List.of(1L)));
        reconciler.changed();
        await().until(() -> observed.equals(List.of(1L, 1L)));
        topology = topology("b");
        reconciler.changed();
        await().until(() -> observed.equals(List.of(1L, 1L, 2L)));
    }

    @Test
    void aDefectInTheAssemblyDoesNotEndTheReconciler() {
        AtomicInteger calls = new AtomicInteger();
        reconciler = new TopologyReconciler(
                () -> inventory,
                snapshot -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new IllegalStateException("on purpose");
                    }
                    return new PipelineResult(topology, List.of(), List.of());
                },
                (known, result) -> {},
                snapshot -> published.add(snapshot.revision()),
                (known, assembly, desired, holders) -> {});
        reconciler.start(waiting(Duration.ofMinutes(1)));
        await().until(() -> calls.get() >= 1);
        reconciler.changed();
        await().until(() -> published.size() == 1);
    }
}
