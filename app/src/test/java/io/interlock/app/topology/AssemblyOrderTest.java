package io.interlock.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.RandomTestRounds;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class AssemblyOrderTest {

    private static final int FLEETS = RandomTestRounds.of(50, 500);
    private static final NetworkLocation HERE = new NetworkLocation.OnHost();
    private static final ContainerPolicy TERMS =
            new ContainerPolicy(Optional.of(new ContainerPolicy.PortRange(7000, 7001)));

    @Test
    void anyOrderOfTheSameFactsGivesTheSameResult() {
        for (long seed = 0; seed < FLEETS; seed++) {
            List<ContainerFacts> fleet = new ArrayList<>(new RandomContainers(new Random(seed)).next());
            PipelineResult first = assemble(new TestPipeline(), fleet);
            Collections.shuffle(fleet, new Random(seed));
            PipelineResult second = assemble(new TestPipeline(), fleet);

            assertThat(second).as("seed %s", seed).isEqualTo(first);
            assertThat(second.toString()).as("seed %s", seed).isEqualTo(first.toString());
            assertThat(first.findings()).as("seed %s", seed).isSorted();
        }
    }

    @Test
    void whatWasAssembledBeforeMakesNoDifference() {
        TestPipeline used = new TestPipeline();
        for (long seed = 0; seed < FLEETS; seed++) {
            Random random = new Random(seed);
            List<ContainerFacts> fleet = new RandomContainers(random).next();
            Set<ContainerRun> warm = fleet.stream()
                    .filter(any -> random.nextBoolean())
                    .map(facts -> new ContainerRun(facts.key(), facts.startedAt()))
                    .collect(Collectors.toSet());
            InventorySnapshot inventory = ContainerFactsBuilder.inventory(HERE, fleet);

            assertThat(used.assemble(inventory, ContainerFactsBuilder.admitting(warm)))
                    .as("seed %s", seed)
                    .isEqualTo(new TestPipeline().assemble(inventory, ContainerFactsBuilder.admitting(warm)));
        }
    }

    @Test
    void oneChangeAfterAnotherGivesWhatAFreshStartWouldGive() {
        TestPipeline used = new TestPipeline();
        Random random = new Random(11);
        Map<ContainerKey, ContainerFacts> fleet = new HashMap<>();
        for (int step = 0; step < RandomTestRounds.of(200, 2_000); step++) {
            ContainerFacts one = new RandomContainers(random).next().getFirst();
            if (random.nextInt(4) == 0) {
                fleet.keySet().stream().sorted().findFirst().ifPresent(fleet::remove);
            } else {
                fleet.put(new ContainerKey("one", "c" + random.nextInt(12)), one);
            }
            List<ContainerFacts> containers = fleet.entrySet().stream()
                    .map(entry -> withKey(entry.getKey(), entry.getValue()))
                    .toList();

            assertThat(assemble(used, containers))
                    .as("step %s of seed 11", step)
                    .isEqualTo(assemble(new TestPipeline(), containers));
        }
    }

    @Test
    void whatAnInventoryIsToldOneByOneGivesWhatAFreshStartWouldGive() {
        for (long seed = 0; seed < RandomTestRounds.of(1, 20); seed++) {
            Random random = new Random(seed);
            RandomContainers fleet = new RandomContainers(random, true);
            Inventory inventory = new Inventory(List.of("one", "two"));
            TestPipeline used = new TestPipeline(TERMS);
            Set<ContainerRun> warm = new HashSet<>();
            for (int step = 0; step < 200; step++) {
                changeSomething(random, fleet, inventory);
                InventorySnapshot now = inventory.snapshot();
                warmSomebody(random, now, warm);

                // An intermediate assembly without changes must not make a difference either.
                assertThat(used.assemble(now, ContainerFactsBuilder.admitting(warm)))
                        .as("step %s of seed %s", step, seed)
                        .isEqualTo(new TestPipeline(TERMS).assemble(now, ContainerFactsBuilder.admitting(warm)))
                        .isEqualTo(used.assemble(now, ContainerFactsBuilder.admitting(warm)));
            }
        }
    }

    private static void changeSomething(Random random, RandomContainers fleet, Inventory inventory) {
        String engine = random.nextBoolean() ? "one" : "two";
        List<ContainerFacts> some = fleet.next().stream()
                .map(facts -> withKey(new ContainerKey(engine, "c" + random.nextInt(12)), facts))
                .toList();
        switch (random.nextInt(12)) {
            case 0 -> inventory.connected(engine, Instant.EPOCH, HERE, some);
            case 1 -> inventory.unreachable(engine, Instant.EPOCH, "gone");
            case 2, 3, 4 -> inventory.remove(some.getFirst().key());
            default -> some.forEach(inventory::put);
        }
    }

    private static void warmSomebody(Random random, InventorySnapshot now, Set<ContainerRun> warm) {
        now.engines().values().stream()
                .flatMap(engine -> engine.containers().values().stream())
                .filter(any -> random.nextInt(3) == 0)
                .forEach(facts -> warm.add(new ContainerRun(facts.key(), facts.startedAt())));
    }

    private static ContainerFacts withKey(ContainerKey key, ContainerFacts facts) {
        return new ContainerFacts(
                key,
                facts.name(),
                facts.image(),
                facts.created(),
                facts.startedAt(),
                facts.paused(),
                facts.stopping(),
                facts.health(),
                facts.hostname(),
                facts.domainname(),
                facts.interlockData(),
                facts.labels(),
                facts.exposedTcpPorts(),
                facts.publishedPorts(),
                facts.networkMode(),
                facts.networks());
    }

    @Test
    void everyNameLeadsToExactlyTheContainersThatClaimIt() {
        for (long seed = 0; seed < FLEETS; seed++) {
            List<ContainerFacts> fleet = new RandomContainers(new Random(seed)).next();
            PipelineResult together = assemble(new TestPipeline(), fleet);
            for (VirtualHost virtualHost : together.topology().virtualHosts()) {
                Backend backend = AssemblyQueries.backend(
                        together, virtualHost.routes().getFirst().backendName());
                for (HostName name : virtualHost.hostNames()) {
                    assertThat(ids(backend)).as("seed %s name %s", seed, name).isEqualTo(candidates(name, fleet));
                }
            }
        }
    }

    /** The containers that are served under a name if each of them is the only container. */
    private static Set<String> candidates(HostName name, List<ContainerFacts> fleet) {
        Set<String> candidates = new HashSet<>();
        for (ContainerFacts facts : fleet) {
            PipelineResult alone = assemble(new TestPipeline(), List.of(facts));
            if (AssemblyQueries.names(alone).contains(name.value())) {
                candidates.add(AssemblyQueries.onlyServer(alone).id());
            }
        }
        return candidates;
    }

    private static Set<String> ids(Backend backend) {
        return backend.servers().stream().map(Server::id).collect(Collectors.toSet());
    }

    private static PipelineResult assemble(TestPipeline assembler, List<ContainerFacts> fleet) {
        return assembler.assemble(
                ContainerFactsBuilder.inventory(HERE, fleet), ContainerFactsBuilder.admitting(Set.of()));
    }
}
