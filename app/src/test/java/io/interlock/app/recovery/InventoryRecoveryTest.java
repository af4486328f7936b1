package io.interlock.app.recovery;

import static io.interlock.app.AwaitTimeout.await;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.VirtualHost;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.pipeline.Pipeline;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.readiness.ReadinessProber;
import io.interlock.app.topology.ownership.TenureSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts of a controller whose engines answer late, or not at all. */
@Tag("unit")
class InventoryRecoveryTest {

    private static final Instant NOW = Instant.EPOCH;
    private static final NetworkLocation ON_HOST = new NetworkLocation.OnHost();
    private static final ContainerFacts A = web("a.example.com").engine("one").facts();
    private static final ContainerFacts B = web("b.example.com").engine("two").facts();

    @TempDir
    Path folder;

    private final ReadinessProber prober = new ReadinessProber(Duration.ofMinutes(1));
    private final Pipeline pipeline = new Pipeline(() -> ContainerPolicy.DEFAULT, prober, CertificateSelector.none());

    @AfterEach
    void close() {
        prober.close();
    }

    private Path journal() {
        return folder.resolve("inventory.jsonl");
    }

    /** The records of a controller that served A and B. */
    private void served() {
        Inventory inventory = new Inventory(Set.of("one", "two"));
        inventory.connected("one", NOW, ON_HOST, List.of(A));
        inventory.connected("two", NOW, ON_HOST, List.of(B));
        try (InventoryJournal journal = new InventoryJournal(journal())) {
            journal.record(inventory.snapshot(), Set.of(), TenureSnapshot.NONE);
        }
    }

    private List<String> hosts(Inventory inventory) {
        PipelineResult result = pipeline.run(inventory.snapshot());
        return result.topology().virtualHosts().stream()
                .map(VirtualHost::hostNames)
                .map(names -> names.getFirst().value())
                .sorted()
                .toList();
    }

    @Test
    void whatAProxyServesStaysForEachEngineUntilThatEngineAnswers() {
        served();
        Inventory inventory = new Inventory(Set.of("one", "two"));
        InventoryRecovery recovery = InventoryRecovery.of(journal(), inventory);
        pipeline.restore(recovery.restored(), recovery.served());

        assertThat(recovery.keep(Optional.empty())).isEmpty();
        assertThat(hosts(inventory)).containsExactly("a.example.com", "b.example.com");

        inventory.unreachable("two", NOW, "connection refused");
        inventory.connected("one", NOW, ON_HOST, List.of());
        assertThat(hosts(inventory)).containsExactly("b.example.com");

        inventory.connected("two", NOW, ON_HOST, List.of(B));
        assertThat(hosts(inventory)).containsExactly("b.example.com");
    }

    @Test
    void aContainerThatWasServedDoesNotWaitAgainButItsNextRunDoes() {
        served();
        Inventory inventory = new Inventory(Set.of("one", "two"));
        InventoryRecovery recovery = InventoryRecovery.of(journal(), inventory);
        pipeline.restore(recovery.restored(), recovery.served());
        inventory.connected("one", NOW, ON_HOST, List.of(A));
        inventory.connected(
                "two",
                NOW,
                ON_HOST,
                List.of(web("b.example.com")
                        .engine("two")
                        .startedAt(Instant.parse("2026-11-22T12:00:00Z"))
                        .facts()));

        assertThat(hosts(inventory)).containsExactly("a.example.com");
    }

    @Test
    void aContainerThatWasNotReadyWaitsOn() {
        Inventory before = new Inventory(Set.of("one"));
        before.connected("one", NOW, ON_HOST, List.of(A));
        try (InventoryJournal journal = new InventoryJournal(journal())) {
            journal.record(before.snapshot(), Set.of(A.key()), TenureSnapshot.NONE);
        }
        Inventory inventory = new Inventory(Set.of("one"));
        InventoryRecovery recovery = InventoryRecovery.of(journal(), inventory);
        pipeline.restore(recovery.restored(), recovery.served());

        assertThat(hosts(inventory)).isEmpty();
    }

    @Test
    void withoutAProxyOnlyWhatEnginesAnswerCounts() {
        served();
        Inventory inventory = new Inventory(Set.of("one", "two"));
        InventoryRecovery recovery = InventoryRecovery.of(journal(), inventory);
        inventory.connected("one", NOW, ON_HOST, List.of(A));
        recovery.discard();

        assertThat(inventory.snapshot().engine("one").containers()).isNotEmpty();
        assertThat(inventory.snapshot().engine("two").containers()).isEmpty();
    }

    @Test
    void theOperatorLimitsHowLongAnEngineMayBeUnknown() {
        served();
        Inventory inventory = new Inventory(Set.of("one", "two"));
        try (InventoryRecovery recovery = InventoryRecovery.of(journal(), inventory)) {
            inventory.connected("one", NOW, ON_HOST, List.of(A));
            Set<String> unused = recovery.keep(Optional.of(Duration.ofMillis(50)));
            await().until(() -> inventory.snapshot().engine("two").containers().isEmpty());
            assertThat(inventory.snapshot().engine("one").containers()).isNotEmpty();
        }
    }

    @Test
    void withoutARecordEveryEngineIsWaitedFor() throws Exception {
        assertThat(unrecorded("one", "two")).containsExactlyInAnyOrder("one", "two");
        Files.writeString(journal(), "nonsense");
        assertThat(unrecorded("one", "two")).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void anEngineThatWasNeverReachedIsNotWaitedForUnlessItMayHaveHadAnotherId() {
        served();
        assertThat(unrecorded("one", "two", "new")).isEmpty();
        assertThat(unrecorded("one", "renamed")).containsExactly("renamed");
        assertThat(unrecorded("one")).isEmpty();
    }

    private Set<String> unrecorded(String... configured) {
        try (InventoryRecovery recovery = InventoryRecovery.of(journal(), new Inventory(List.of(configured)))) {
            return recovery.keep(Optional.empty());
        }
    }
}
