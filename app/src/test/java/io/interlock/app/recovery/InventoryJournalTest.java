package io.interlock.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.RandomTestRounds;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerFacts.Health;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkAttachment;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.inventory.NetworkLocation.OwnContainer;
import io.interlock.app.inventory.PublishedPort;
import io.interlock.app.inventory.RouteEvidence;
import io.interlock.app.recovery.RecoveredInventory.RecoveredEngine;
import io.interlock.app.topology.ownership.TenureSnapshot;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class InventoryJournalTest {

    private static final int ROUNDS = RandomTestRounds.of(5, 200);
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456789Z");
    private static final List<NetworkLocation> LOCATIONS = List.of(
            new NetworkLocation.OnHost(),
            new NetworkLocation.OnHost(new OwnContainer("ab", Set.of(80, 443))),
            new NetworkLocation.InContainer(
                    "cd", Set.of("n1", "n2"), Optional.of(IpLiteral.of("172.17.0.1")), OwnContainer.NONE),
            new NetworkLocation.Remote(IpLiteral.of("2001:db8::1")));

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("inventory.jsonl");
    }

    @Test
    void whatWasRecordedLastIsReadWhateverHappenedBefore() throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = new SplittableRandom().nextLong();
            RandomGenerator random = new SplittableRandom(seed);
            Inventory inventory = new Inventory(Set.of("one", "two", "never"));
            try (InventoryJournal journal = new InventoryJournal(file)) {
                for (int step = 0; step < 60; step++) {
                    change(inventory, random);
                    Set<ContainerKey> waiting = waiting(inventory.snapshot(), random);
                    journal.record(inventory.snapshot(), waiting, TenureSnapshot.NONE);
                    assertThat(InventoryJournalReader.read(file))
                            .as("seed " + seed + ", step " + step)
                            .map(InventoryJournalTest::withoutEmptyEngines)
                            .contains(expected(inventory.snapshot(), waiting));
                }
            }
        }
    }

    @Test
    void aLineThatAKillCutIsAChangeThatNobodyGot() throws IOException {
        Inventory inventory = new Inventory(Set.of("one"));
        inventory.connected("one", NOW, LOCATIONS.getFirst(), List.of(facts("one", "a", 1)));
        try (InventoryJournal journal = new InventoryJournal(file)) {
            journal.record(inventory.snapshot(), Set.of(), TenureSnapshot.NONE);
            Optional<RecoveredInventory> before = InventoryJournalReader.read(file);
            int size = (int) Files.size(file);
            inventory.put(facts("one", "b", 2));
            journal.record(inventory.snapshot(), Set.of(), TenureSnapshot.NONE);
            Optional<RecoveredInventory> after = InventoryJournalReader.read(file);
            byte[] whole = Files.readAllBytes(file);
            for (int length = size; length <= whole.length; length++) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertThat(InventoryJournalReader.read(file))
                        .as("the first %s of %s bytes", length, whole.length)
                        .isEqualTo(length < whole.length - 1 ? before : after);
            }
        }
    }

    @Test
    void aChangeAppendsItsOwnLinesOnly() throws IOException {
        Inventory inventory = new Inventory(Set.of("one"));
        for (int i = 0; i < 500; i++) {
            inventory.put(facts("one", "c" + i, i));
        }
        try (InventoryJournal journal = new InventoryJournal(file)) {
            journal.record(inventory.snapshot(), Set.of(), TenureSnapshot.NONE);
            List<String> before = Files.readAllLines(file);
            inventory.put(facts("one", "c7", 9));
            inventory.remove(new ContainerKey("one", "c8"));
            journal.record(inventory.snapshot(), Set.of(new ContainerKey("one", "c9")), TenureSnapshot.NONE);
            journal.record(inventory.snapshot(), Set.of(new ContainerKey("one", "c9")), TenureSnapshot.NONE);
            List<String> after = Files.readAllLines(file);
            assertThat(after.subList(0, before.size())).isEqualTo(before);
            assertThat(after).hasSize(before.size() + 3);
        }
    }

    @Test
    void theFileDoesNotGrowForever() throws IOException {
        Inventory inventory = new Inventory(Set.of("one"));
        try (InventoryJournal journal = new InventoryJournal(file)) {
            for (int i = 0; i < 5_000; i++) {
                inventory.put(facts("one", "a", i));
                journal.record(inventory.snapshot(), Set.of(), TenureSnapshot.NONE);
            }
        }
        assertThat(Files.readAllLines(file)).hasSizeLessThan(1_100);
    }

    @Test
    void onlyTheOwnerReadsIt() throws IOException {
        try (InventoryJournal journal = new InventoryJournal(file)) {
            journal.record(new Inventory(Set.of("one")).snapshot(), Set.of(), TenureSnapshot.NONE);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void noRecordIsLeftWhereNoneCanBeWritten() throws IOException {
        Inventory inventory = new Inventory(Set.of("one"));
        Path missing = folder.resolve("missing").resolve("inventory.jsonl");
        try (InventoryJournal journal = new InventoryJournal(missing)) {
            journal.record(inventory.snapshot(), Set.of(), TenureSnapshot.NONE);
        }
        assertThat(InventoryJournalReader.read(missing)).isEmpty();
    }

    @Test
    void aJournalThatThisVersionDoesNotUnderstandIsNone() throws IOException {
        for (String text : List.of(
                "",
                "{}\n",
                "{\"interlock_inventory\":2}\n",
                InventoryJournal.HEADER + "nonsense\n{}\n",
                InventoryJournal.HEADER
                        + "{\"entry\":\"removal\",\"key\":{\"engine_id\":\"x\",\"container_id\":\"y\"}}\n\n")) {
            Files.writeString(file, text);
            assertThat(InventoryJournalReader.read(file)).as(text).isEmpty();
        }
        Files.write(file, new byte[] {(byte) 0xff, 0, '\n'});
        assertThat(InventoryJournalReader.read(file)).isEmpty();
    }

    /** The lines are a format: the journal of a version is read by the next one. */
    @Test
    void theJournalOfAnEarlierVersionIsRead() throws Exception {
        Path earlier = Path.of(Objects.requireNonNull(getClass().getResource("inventory-1.jsonl"))
                .toURI());
        RecoveredInventory read = InventoryJournalReader.read(earlier).orElseThrow();
        assertThat(read.engines()).containsOnlyKeys("local", "remote");
        assertThat(Objects.requireNonNull(read.engines().get("local"))
                        .containers()
                        .values())
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(facts("local", "a", 1));
        assertThat(read.ready()).containsExactly(new ContainerKey("local", "a"));
    }

    private static void change(Inventory inventory, RandomGenerator random) {
        String engine = random.nextBoolean() ? "one" : "two";
        String id = "c" + random.nextInt(6);
        switch (random.nextInt(6)) {
            case 0 ->
                inventory.connected(
                        engine,
                        NOW,
                        LOCATIONS.get(random.nextInt(LOCATIONS.size())),
                        random.ints(random.nextInt(5), 0, 6)
                                .distinct()
                                .mapToObj(n -> facts(engine, "c" + n, random.nextInt(9)))
                                .toList());
            case 1 -> inventory.remove(new ContainerKey(engine, id));
            case 2 -> inventory.unreachable(engine, NOW, "gone");
            case 3 -> inventory.restore(engine, LOCATIONS.getFirst(), Map.of(id, facts(engine, id, 0)));
            default -> {
                if (!inventory.snapshot().engine(engine).containers().isEmpty()) {
                    inventory.put(facts(engine, id, random.nextInt(9)));
                }
            }
        }
    }

    private static Set<ContainerKey> waiting(InventorySnapshot inventory, RandomGenerator random) {
        Set<ContainerKey> waiting = new HashSet<>();
        inventory
                .engines()
                .forEach((engine, known) -> known.containers().keySet().stream()
                        .filter(id -> random.nextInt(3) == 0)
                        .forEach(id -> waiting.add(new ContainerKey(engine, id))));
        return waiting;
    }

    private static RecoveredInventory expected(InventorySnapshot inventory, Set<ContainerKey> waiting) {
        Map<String, RecoveredEngine> engines = new HashMap<>();
        Set<ContainerKey> ready = new TreeSet<>();
        inventory.engines().forEach((id, engine) -> {
            engines.put(id, new RecoveredEngine(engine.location(), engine.containers()));
            engine.containers().keySet().forEach(one -> ready.add(new ContainerKey(id, one)));
        });
        ready.removeAll(waiting);
        return withoutEmptyEngines(new RecoveredInventory(engines, ready, TenureSnapshot.NONE));
    }

    /** An engine that runs nothing may be missing. */
    private static RecoveredInventory withoutEmptyEngines(RecoveredInventory inventory) {
        Map<String, RecoveredEngine> engines = new HashMap<>(inventory.engines());
        engines.values().removeIf(engine -> engine.containers().isEmpty());
        return new RecoveredInventory(engines, inventory.ready(), inventory.tenures());
    }

    private static ContainerFacts facts(String engine, String id, int variant) {
        return new ContainerFacts(
                new ContainerKey(engine, id),
                "name \"" + variant + "\" \n ü",
                "image:" + variant,
                NOW,
                NOW.plusNanos(variant),
                variant == 2,
                variant == 3,
                variant == 4 ? Health.HEALTHY : Health.NONE,
                "web.example.com",
                "",
                variant == 5 ? Optional.of("{\"port\": 80}") : Optional.empty(),
                Map.of("interlock.hostname", "a.example.com", "interlock.alias_domains", "x,\u2028y"),
                List.of(80, 8080),
                List.of(new PublishedPort(80, IpLiteral.of("0.0.0.0"), 32768)),
                "default",
                List.of(new NetworkAttachment(
                        "bridge",
                        "0123",
                        Optional.of(IpLiteral.of("172.17.0.2")),
                        variant == 6 ? Optional.of(IpLiteral.of("fd00::2")) : Optional.empty(),
                        variant,
                        new NetworkAttachment.Evidence("bridge", RouteEvidence.INTERFACE, RouteEvidence.UNKNOWN))),
                variant == 7 ? Optional.of(IpLiteral.of("10.0.0.9")) : Optional.empty(),
                variant == 8 ? Optional.of("label interlock.path") : Optional.empty(),
                variant == 9 ? Optional.of(Set.of("interlock.hostname")) : Optional.empty(),
                variant == 10 ? Map.of("VIRTUAL_HOST", "a.example.com") : Map.of());
    }
}
