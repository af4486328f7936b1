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
    private TopologyReconciler reconciler = reconciler(Duration.ofMinutes(1));

    private static InventorySnapshot inventory(Connection connection) {
        return new InventorySnapshot(
                Map.of("local", new EngineSnapshot("local", connection, new NetworkLocation.OnHost(), Map.of())));
    }

    private TopologyReconciler reconciler(Duration patience) {
        return new TopologyReconciler(
                () -> inventory,
                snapshot -> {
                    assembled.incrementAndGet();
                    return new PipelineResult(topology, List.of(), List.of());
                },
                snapshot -> published.add(snapshot.revision()),
                patience,
                (known, assembly, desired, holders) -> observed.add(desired.revision()));
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
        reconciler.start();
        reconciler.changed();
        inventory = KNOWN;
        reconciler.changed();
        await().until(() -> published.size() == 1);
        // One run detects whether a container is being probed, one publishes.
        assertThat(assembled).hasValue(2);
    }

    @Test
    void anEngineThatStaysUnknownIsNotWaitedForForever() {
        inventory = UNKNOWN;
        reconciler = reconciler(Duration.ofMillis(50));
        reconciler.start();
        await().until(() -> published.size() == 1);
    }

    @Test
    void aChangeThatMakesNoDifferenceReachesNobody() {
        reconciler.start();
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
        reconciler.start();
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
                snapshot -> published.add(snapshot.revision()),
                Duration.ofMinutes(1),
                (known, assembly, desired, holders) -> {});
        reconciler.start();
        await().until(() -> calls.get() >= 1);
        reconciler.changed();
        await().until(() -> published.size() == 1);
    }
}
