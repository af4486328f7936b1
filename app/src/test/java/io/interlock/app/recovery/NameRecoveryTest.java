package io.interlock.app.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.app.RandomTestRounds;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.PortRange;
import io.interlock.app.config.ownership.ImageLabelMode;
import io.interlock.app.config.ownership.OwnerGrant;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.ownership.OwnerLimits;
import io.interlock.app.config.ownership.OwnerRule;
import io.interlock.app.config.ownership.OwnerSelector;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.config.ownership.TextPattern;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.ownership.TenureSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name stays with its owner while Interlock is restarted. */
@Tag("unit")
class NameRecoveryTest {

    private static final String NAME = "shop.example.com";
    private static final ContainerPolicy POLICY = new ContainerPolicy(Optional.of(new PortRange(5000, 5999)));

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private InventoryJournal journal = new InventoryJournal(file);
    private TestPipeline pipeline = new TestPipeline(POLICY);
    private Duration age = Duration.ZERO;

    @BeforeEach
    void start() {
        file = folder.resolve("inventory.jsonl");
        journal = new InventoryJournal(file);
    }

    @AfterEach
    void stop() {
        journal.close();
    }

    @Test
    void aNewcomerWaitsAfterARestartUntilTheTimeIsOver() {
        assemble(victim());
        assemble();
        pass(Duration.ofSeconds(20));
        restart();
        PipelineResult held = assemble(joiner());
        pass(Duration.ofSeconds(39));
        restart();
        PipelineResult stillHeld = assemble(joiner());
        pass(Duration.ofSeconds(1));
        PipelineResult free = assemble(joiner());

        assertThat(held.topology().virtualHosts()).isEmpty();
        assertThat(held.pause()).contains(Duration.ofSeconds(40));
        assertThat(stillHeld.topology().virtualHosts()).isEmpty();
        assertThat(holder(free)).isEqualTo("project other");
    }

    @Test
    void aContainerThatEndsWhileInterlockIsAwayLeavesItsNameToItsOwner() {
        assemble(victim());
        pass(Duration.ofDays(1));
        restart();
        PipelineResult held = assemble(joiner());
        PipelineResult back = assemble(joiner(), victim().createdAfter(90));

        assertThat(held.topology().virtualHosts()).isEmpty();
        assertThat(held.pause()).contains(Duration.ofSeconds(60));
        assertThat(holder(back)).isEqualTo("project shop");
    }

    @Test
    void aHeldNameIsNotAnsweredByAWildcardAfterARestart() {
        ContainerFactsBuilder wide = joiner().hostname("").data("{\"default\": true}");
        assemble(victim(), wide);
        restart();
        PipelineResult held = assemble(wide);

        assertThat(held.topology().virtualHosts()).hasSize(2);
        assertThat(holder(held)).isEqualTo("project shop");
        assertThat(held.pause()).contains(Duration.ofSeconds(60));
    }

    @Test
    void theFirstOwnerStaysTheFirstAlthoughItsContainerIsYounger() {
        assemble(victim());
        assemble(victim(), joiner());
        pass(Duration.ofSeconds(61));
        assemble(victim().createdAfter(90), joiner());
        restart();

        assertThat(holder(assemble(joiner(), victim().createdAfter(90)))).isEqualTo("project shop");
    }

    @Test
    void whoSharedANameGoesOnAlthoughTheOwnersEngineIsSlow() {
        assemble(victim().engine("slow"), joiner());
        restart();
        PipelineResult result = assemble(joiner());

        assertThat(result.topology().virtualHosts()).hasSize(1);
        assertThat(holder(result)).isEqualTo("project shop");
    }

    @Test
    void ofManyOwnersThatShareANameTwentyGoOnAtOnce() {
        ContainerFactsBuilder[] sharing = IntStream.range(0, 25)
                .mapToObj(i -> ContainerFactsBuilder.named("s" + i)
                        .hostname(NAME)
                        .exposes(80)
                        .project("p" + i)
                        .createdAfter(1))
                .toArray(ContainerFactsBuilder[]::new);
        assemble(Stream.concat(Stream.of(victim()), Arrays.stream(sharing)).toArray(ContainerFactsBuilder[]::new));
        restart();
        PipelineResult result = assemble(sharing);

        assertThat(result.topology().backends())
                .flatExtracting(Backend::servers)
                .hasSize(20);
    }

    @Test
    void aNameWithoutOwnerIsNotRecorded() throws IOException {
        assemble(victim());
        assemble();
        pass(Duration.ofSeconds(60));
        assemble();
        restart();

        assertThat(holder(assemble(joiner()))).isEqualTo("project other");
        assertThat(InventoryJournalReader.read(file).orElseThrow().tenures().names())
                .hasSize(1);
    }

    @Test
    void otherRulesMakeOtherOwners() {
        assemble(victim());
        OwnerRule rule = new OwnerRule(
                new OwnerId("other"),
                new OwnerSelector(Map.of(OwnerSelector.Kind.ENGINE, new TextPattern("*")), ""),
                new OwnerGrant(
                        Set.of(new HostName(NAME)),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Set.of(),
                        OwnerLimits.NONE));
        TestPipeline ruled = new TestPipeline(
                POLICY.with(new OwnershipConfig(List.of(rule), Duration.ofSeconds(60), ImageLabelMode.ALL)));
        ruled.restore(InventoryJournalReader.read(file).orElseThrow().tenures());

        assertThat(assemble(ruled, joiner()).findings())
                .extracting(Finding::message)
                .isEmpty();
    }

    @Test
    void aHoldOfZeroAndAClockThatWentBackLeaveNoNameBehind() {
        assemble(victim());
        assemble();
        TestPipeline eager =
                new TestPipeline(POLICY.with(new OwnershipConfig(List.of(), Duration.ZERO, ImageLabelMode.ALL)));
        TenureSnapshot recorded =
                InventoryJournalReader.read(file).orElseThrow().tenures();
        eager.restore(recorded);
        TestPipeline earlier = new TestPipeline(POLICY);
        earlier.pass(Duration.ofDays(-9));
        earlier.restore(recorded);

        assertThat(holder(assemble(eager, joiner()))).isEqualTo("project other");
        assertThat(assemble(earlier, joiner()).pause()).contains(Duration.ofSeconds(60));
    }

    @Test
    void aNameThatThisVersionDoesNotKnowIsLeftOut() throws IOException {
        assemble(victim());
        Files.writeString(
                file,
                "{\"entry\":\"name\",\"name\":\"_new_\",\"listen\":null,\"owner\":\"x\","
                        + "\"since\":\"2026-01-01T00:00:00Z\",\"vacant_since\":null,\"sharing\":[]}\n{}\n",
                StandardOpenOption.APPEND);

        assertThat(InventoryJournalReader.read(file).orElseThrow().tenures().names())
                .containsOnlyKeys(new ClaimedName(new HostName(NAME), OptionalInt.empty()));
    }

    @Test
    void whatIsReadIsWhatWasRecordedLast() {
        for (long seed = 0; seed < RandomTestRounds.of(10, 100); seed++) {
            Random random = new Random(seed);
            TreeMap<String, ContainerFactsBuilder> fleet = new TreeMap<>();
            pipeline = new TestPipeline(POLICY);
            journal.close();
            journal = new InventoryJournal(file);
            for (int step = 0; step < 40; step++) {
                String name = "c" + random.nextInt(8);
                if (random.nextInt(3) == 0) {
                    fleet.remove(name);
                } else {
                    fleet.put(name, random(name, random));
                }
                pass(Duration.ofSeconds(random.nextInt(30)));
                assemble(fleet.values().toArray(ContainerFactsBuilder[]::new));

                assertThat(InventoryJournalReader.read(file).orElseThrow().tenures())
                        .as("step %s of seed %s", step, seed)
                        .isEqualTo(pipeline.tenures());
            }
        }
    }

    private static ContainerFactsBuilder random(String name, Random random) {
        String more = List.of("", ", \"mode\": \"tls\", \"listen\": 5443", ", \"path\": \"/x\"")
                .get(random.nextInt(3));
        return ContainerFactsBuilder.named(name)
                .hostname("h" + random.nextInt(3) + ".example.com")
                .exposes(80)
                .project("p" + random.nextInt(3))
                .createdAfter(random.nextInt(5))
                .data("{\"alias_domains\": [\"*.example.com\"]" + more + "}");
    }

    private static ContainerFactsBuilder victim() {
        return ContainerFactsBuilder.named("v").hostname(NAME).exposes(80).project("shop");
    }

    private static ContainerFactsBuilder joiner() {
        return ContainerFactsBuilder.named("j")
                .hostname(NAME)
                .exposes(80)
                .project("other")
                .createdAfter(1);
    }

    private void pass(Duration time) {
        age = age.plus(time);
        pipeline.pass(time);
    }

    private void restart() {
        journal.close();
        journal = new InventoryJournal(file);
        pipeline = new TestPipeline(POLICY);
        pipeline.pass(age);
        pipeline.restore(InventoryJournalReader.read(file).orElseThrow().tenures());
    }

    private PipelineResult assemble(ContainerFactsBuilder... containers) {
        PipelineResult result = assemble(pipeline, containers);
        journal.record(new InventorySnapshot(new TreeMap<>()), Set.of(), pipeline.tenures());
        return result;
    }

    private static PipelineResult assemble(TestPipeline by, ContainerFactsBuilder... containers) {
        return by.assemble(
                ContainerFactsBuilder.inventory(
                        new NetworkLocation.OnHost(),
                        Arrays.stream(containers)
                                .map(ContainerFactsBuilder::facts)
                                .toList()),
                ContainerFactsBuilder.admitting(Set.of()));
    }

    private static String holder(PipelineResult result) {
        return String.valueOf(result.holders().get(new ClaimedName(new HostName(NAME), OptionalInt.empty())));
    }
}
