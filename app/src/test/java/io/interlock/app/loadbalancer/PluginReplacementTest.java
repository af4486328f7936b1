package io.interlock.app.loadbalancer;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.AccessLogReceiver;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.RandomTestRounds;
import io.interlock.app.config.PluginSources;
import io.interlock.app.plugin.PluginClassLoaderCounter;
import io.interlock.app.plugin.PluginManager;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.plugin.PluginReport.State;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.testsupport.PluginJarBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tests jars that are added, changed and removed while everything runs. */
@Tag("unit")
@ResourceLock(PluginClassLoaderCounter.LOCK)
class PluginReplacementTest {

    private static final Logger log = LoggerFactory.getLogger(PluginReplacementTest.class);
    private static final int WARM_UP = 3;
    private static final int REPLACEMENTS = RandomTestRounds.of(10, 50);

    /** For plugins that hang, and long enough for others on a busy machine. */
    private static final PluginTimeLimits BRIEF = new PluginTimeLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofMillis(50));

    /** Writes each call and the version into the journal of the plugin's data folder. All versions share one source. */
    private static final String JOURNAL = """
            static final String VERSION = version();
            static java.nio.file.Path data;
            static String version() {
                try (var file = Factory.class.getResourceAsStream("/version")) {
                    return new String(file.readAllBytes());
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            static void note(String what) {
                try {
                    java.nio.file.Files.writeString(data.resolve("journal"), VERSION + " " + what + "\\n",
                            java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
            """;

    private static final String WITHOUT_HAND_OVER = """
            package PACKAGE;
            import io.interlock.api.loadbalancer.*;
            import io.interlock.api.topology.*;
            import java.util.*;
            @org.pf4j.Extension
            public class Factory implements LoadBalancerFactory<Factory.Config> {
                public record Config(int size) {}
                public String type() { return "plain"; }
                public Class<Config> configType() { return Config.class; }
                public Set<java.net.InetSocketAddress> listeners(Config config, ProxySettings settings) {
                    return Set.of();
                }
                public LoadBalancer create(Config config, LoadBalancerContext context) {
                    return new LoadBalancer() {
                        public ApplyResult apply(TopologySnapshot snapshot) {
                            return new ApplyResult.Unchanged(List.of());
                        }
                        public void close() {}
                    };
                }
            }
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path staging;

    @TempDir
    private Path data;

    private final Map<String, ObjectNode> sections = new HashMap<>();
    private PluginTimeLimits limits = new PluginTimeLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1));
    private final TopologyPublisher topology = new TopologyPublisher();
    private Optional<PluginManager> host = Optional.empty();
    private Optional<LoadBalancerManager> manager = Optional.empty();

    /** Returns a plugin that records the calls of its load balancer. */
    private static PluginJarBuilder plugin(String id, String version) {
        return new PluginJarBuilder(id)
                .version(version)
                .with("version", version.getBytes(StandardCharsets.UTF_8))
                .members(JOURNAL + PluginJarBuilder.listeningOn(port(id)))
                .create("data = context.dataDirectory(); note(\"create\"); return new Balancer();")
                .apply("note(\"apply \" + snapshot.revision()); return new ApplyResult.Unchanged(List.of());")
                .close("note(\"close\");")
                .handOver("note(\"hand over\");");
    }

    private static int port(String id) {
        return 1024 + Math.floorMod(id.hashCode(), 60_000);
    }

    private void start() throws IOException, InterruptedException {
        PluginManager starting =
                new PluginManager(folder, staging, "2.1.0", PluginSources.of(sections), settings(), limits);
        host = Optional.of(starting);
        starting.load();
        LoadBalancerEnvironment environment =
                new LoadBalancerEnvironment(topology, this::dataOf, List.of(), AccessLogReceiver.NONE, limits);
        manager = Optional.of(starting.start(events -> new LoadBalancerManager(environment, events)));
        offer(1);
    }

    private void offer(long revision) {
        topology.publish(new TopologySnapshot(revision, Topology.EMPTY));
    }

    private Path dataOf(String id) throws IOException {
        return Files.createDirectories(data.resolve(id));
    }

    private List<String> journal(String id) {
        try {
            return Files.readAllLines(data.resolve(id).resolve("journal"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private static ProxySettings settings() {
        return new ProxySettings(
                8080,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                10,
                Optional.empty(),
                Path.of("/none"),
                Path.of("/none"),
                Optional.empty());
    }

    private static ConditionFactory soon() {
        return await();
    }

    private void awaitJournal(String id, String... lines) {
        soon().untilAsserted(() -> assertThat(journal(id)).containsExactly(lines));
    }

    private void awaitReport(String id, Predicate<PluginReport> expected) {
        soon().untilAsserted(() -> assertThat(host.orElseThrow().reports())
                .anySatisfy(report ->
                        assertThat(report).matches(one -> one.id().equals(id)).matches(expected)));
    }

    private void awaitRunning(String id, String version) {
        awaitReport(
                id,
                report -> report.state() == State.RUNNING && report.version().equals(Optional.of(version)));
    }

    @AfterEach
    void end() throws InterruptedException {
        if (host.isPresent()) {
            host.get().stop();
        }
        if (manager.isPresent()) {
            manager.get().close();
        }
        host.ifPresent(PluginManager::close);
    }

    @Test
    void aJarThatIsDroppedInIsLoadedAndGetsTheCurrentTopology() throws Exception {
        start();
        offer(7);
        plugin("x", "1.0.0").buildIn(folder);
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 7");
        awaitRunning("x", "1.0.0");
    }

    @Test
    void aNewerVersionIsCreatedBeforeTheOldOneHandsOver() throws Exception {
        plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");
        plugin("x", "1.1.0").moveInto(folder);
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1", "1.1.0 create", "1.0.0 hand over", "1.1.0 apply 1");
        awaitRunning("x", "1.1.0");
    }

    @Test
    void aNewerVersionInAnotherFileReplacesTheOldOneAndWhenItGoesTheOldOneIsBack() throws Exception {
        plugin("x", "1.0.0").file("x-1.0.0.jar").buildIn(folder);
        start();
        awaitRunning("x", "1.0.0");
        Path newer = plugin("x", "1.1.0").file("x-1.1.0.jar").buildIn(folder);
        awaitRunning("x", "1.1.0");
        awaitReport(
                "x",
                report -> report.state() == State.SUPERSEDED
                        && report.detail().contains("is used instead of x-1.0.0.jar"));
        Files.delete(newer);
        awaitRunning("x", "1.0.0");
    }

    @Test
    void anOlderVersionBesideANewerOneChangesNothing() throws Exception {
        plugin("x", "1.1.0").buildIn(folder);
        start();
        awaitRunning("x", "1.1.0");
        plugin("x", "1.0.0").file("x-1.0.0.jar").buildIn(folder);
        awaitReport(
                "x",
                report -> report.state() == State.SUPERSEDED
                        && report.detail().contains("is used instead of x-1.0.0.jar"));
        assertThat(journal("x")).noneMatch(line -> line.startsWith("1.0.0"));
    }

    @Test
    void theSameContentAgainChangesNothing() throws Exception {
        Path jar = plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");
        Files.write(jar, Files.readAllBytes(jar));
        plugin("y", "1.0.0").buildIn(folder);
        awaitRunning("y", "1.0.0");
        assertThat(journal("x")).containsExactly("1.0.0 create", "1.0.0 apply 1");
    }

    @Test
    void aRemovedJarIsClosed() throws Exception {
        Path jar = plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");
        Files.delete(jar);
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1", "1.0.0 close");
        soon().untilAsserted(() -> assertThat(host.orElseThrow().reports()).isEmpty());
    }

    @Test
    void aJarThatIsRemovedAndPutBackAtOnceIsReplacedNotClosed() throws Exception {
        Path jar = plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");
        Path next = plugin("x", "1.0.1").buildIn(dataOf("elsewhere"));
        Files.delete(jar);
        Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE);
        awaitRunning("x", "1.0.1");
        assertThat(journal("x")).contains("1.0.0 hand over").doesNotContain("1.0.0 close");
    }

    @Test
    void aHalfCopiedJarIsLeftAloneUntilItIsWhole() throws Exception {
        plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitRunning("x", "1.0.0");
        byte[] whole = Files.readAllBytes(plugin("x", "1.1.0").buildIn(dataOf("elsewhere")));
        try (OutputStream copying = Files.newOutputStream(folder.resolve("x.jar"))) {
            copying.write(whole, 0, whole.length / 2);
            copying.flush();
            // The jar stays incomplete for longer than it takes to report it as broken; the old one serves.
            awaitReport("x.jar", report -> report.detail().contains("is not a readable, complete jar"));
            awaitRunning("x", "1.0.0");
            copying.write(whole, whole.length / 2, whole.length - whole.length / 2);
        }
        awaitRunning("x", "1.1.0");
        soon().untilAsserted(() -> assertThat(host.orElseThrow().reports()).hasSize(1));
    }

    @Test
    void manyJarsAtOnceAreAllLoadedAndABadOneChangesNothingForTheOthers() throws Exception {
        start();
        for (int i = 0; i < 5; i++) {
            plugin("p" + i, "1.0.0").buildIn(folder);
        }
        Files.writeString(folder.resolve("bad.jar"), "no zip");
        new PluginJarBuilder("thrower")
                .factory("if (true) throw new AssertionError(\"on purpose\");")
                .buildIn(folder);
        for (int i = 0; i < 5; i++) {
            awaitRunning("p" + i, "1.0.0");
        }
        awaitReport("bad.jar", report -> report.state() == State.UNUSABLE);
        awaitReport("thrower", report -> report.detail().contains("on purpose"));
    }

    @Test
    void aPluginThatIsSwitchedOffIsNotUsedWhenItIsDroppedIn() throws Exception {
        sections.put("x", JsonNodeFactory.instance.objectNode().put("enabled", false));
        start();
        plugin("x", "1.0.0").buildIn(folder);
        awaitReport("x", report -> report.state() == State.DISABLED);
        assertThat(journal("x")).isEmpty();
    }

    @Test
    void aWrongSectionIsNamedWithItsPathWhenThePluginIsDroppedIn() throws Exception {
        sections.put("x", JsonNodeFactory.instance.objectNode().put("size", "three"));
        start();
        plugin("x", "1.0.0").buildIn(folder);
        awaitReport("x", report -> report.detail().contains("$.plugins.x.size: expected a whole number"));
    }

    @Test
    void anotherSectionIsTakenOverByTheSameVersionCreatedAnew() throws Exception {
        plugin("x", "1.0.0").buildIn(folder);
        plugin("y", "1.0.0").buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");
        awaitJournal("y", "1.0.0 create", "1.0.0 apply 1");

        assertThat(reconfigure("{\"size\": 4}")).isEmpty();

        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1", "1.0.0 create", "1.0.0 hand over", "1.0.0 apply 1");
        awaitRunning("x", "1.0.0");
        assertThat(reconfigure("{\"size\": 4}")).isEmpty();
        assertThat(journal("x")).hasSize(5);
        assertThat(journal("y")).hasSize(2);
    }

    @Test
    void aSectionThatCannotBeUsedLeavesTheLoadBalancerAsItWas() throws Exception {
        plugin("x", "1.0.0")
                .create("if (config.size() == 5) throw new LoadBalancerUnavailableException(\"five is wrong\");"
                        + " data = context.dataDirectory(); note(\"create\"); return new Balancer();")
                .buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");

        assertThat(reconfigure("{\"size\": 5}"))
                .containsOnlyKeys("x")
                .extractingByKey("x")
                .asString()
                .contains("five is wrong");
        awaitReport(
                "x",
                report -> report.state() == State.UNUSABLE && report.detail().contains("version 1.0.0 stays in use"));
        offer(2);
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1", "1.0.0 apply 2");

        assertThat(reconfigure("{}")).isEmpty();
        awaitReport("x", report -> report.state() == State.RUNNING);
        soon().untilAsserted(() ->
                assertThat(host.orElseThrow().reports()).noneMatch(report -> report.state() == State.UNUSABLE));
        assertThat(journal("x")).hasSize(3);
    }

    @Test
    void aPluginMayRefuseAChangeAndOneThatHandsNothingOverRefusesAllOfThem() throws Exception {
        plugin("x", "1.0.0")
                .members(JOURNAL + PluginJarBuilder.listeningOn(port("x"))
                        + "public Optional<String> refusal(Config running, Config changed) { return changed.size() == 5"
                        + " ? Optional.of(\"not five\") : Optional.empty(); }")
                .buildIn(folder);
        new PluginJarBuilder("y").source(WITHOUT_HAND_OVER).buildIn(folder);
        start();
        awaitRunning("x", "1.0.0");
        awaitReport("y", report -> report.state() == State.RUNNING);

        assertThat(offers("{\"size\": 5}")).containsOnlyKeys("x").containsEntry("x", Optional.of("not five"));
        assertThat(offers("{\"size\": 4}")).containsOnlyKeys("x").containsEntry("x", Optional.empty());
        assertThat(offers("{\"size\": \"wrong\"}")
                        .getOrDefault("x", Optional.empty())
                        .orElseThrow())
                .contains("a whole number");
        sections.put("y", JsonNodeFactory.instance.objectNode().put("size", 9));
        assertThat(offers("{}").getOrDefault("y", Optional.empty()).orElseThrow())
                .contains("does not hand its proxy over");
    }

    @Test
    void aPluginIsSwitchedOffAndOnAgain() throws Exception {
        plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");

        assertThat(reconfigure("{\"enabled\": false}")).isEmpty();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1", "1.0.0 close");
        awaitReport("x", report -> report.state() == State.DISABLED);

        assertThat(reconfigure("{}")).isEmpty();
        awaitRunning("x", "1.0.0");
    }

    private Map<String, Optional<String>> offers(String section) throws Exception {
        sections.put("x", (ObjectNode) new ObjectMapper().readTree(section));
        return host.orElseThrow().offer(PluginSources.of(sections), settings());
    }

    private Map<String, String> reconfigure(String section) throws Exception {
        Set<String> accepted = offers(section).entrySet().stream()
                .filter(offer -> offer.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return host.orElseThrow().reconfigure(PluginSources.of(sections), settings(), accepted);
    }

    @Test
    void theOldVersionStaysIfTheNewOneCannotBeCreated() throws Exception {
        plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");
        plugin("x", "1.1.0")
                .create("throw new LoadBalancerUnavailableException(\"install something\");")
                .moveInto(folder);
        awaitReport(
                "x",
                report -> report.state() == State.UNUSABLE
                        && report.detail().contains("install something")
                        && report.detail().contains("version 1.0.0 stays in use"));
        awaitRunning("x", "1.0.0");
        offer(2);
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1", "1.0.0 apply 2");
    }

    @Test
    void theOldVersionComesBackIfTheNewOneServesNothing() throws Exception {
        plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitJournal("x", "1.0.0 create", "1.0.0 apply 1");
        plugin("x", "1.1.0")
                .apply("note(\"apply\"); return new ApplyResult.Failed(\"no way\");")
                .moveInto(folder);
        awaitReport(
                "x",
                report -> report.state() == State.UNUSABLE
                        && report.detail().contains("no way")
                        && report.detail().contains("version 1.0.0 stays in use"));
        soon().untilAsserted(() -> assertThat(journal("x").stream().filter(line -> !line.equals("1.1.0 apply")))
                .containsExactly(
                        "1.0.0 create",
                        "1.0.0 apply 1",
                        "1.1.0 create",
                        "1.0.0 hand over",
                        "1.1.0 hand over",
                        "1.0.0 create",
                        "1.0.0 apply 1"));
        awaitRunning("x", "1.0.0");
    }

    @Test
    void aNewVersionThatFailedIsTriedAgainWhenItsFileIsTouched() throws Exception {
        Path marker = data.resolve("fixed");
        start();
        Path jar = plugin("x", "1.0.0")
                .create("if (!java.nio.file.Files.exists(java.nio.file.Path.of(\"" + marker
                        + "\"))) throw new LoadBalancerUnavailableException(\"not yet\");"
                        + " data = context.dataDirectory(); return new Balancer();")
                .buildIn(folder);
        awaitReport("x", report -> report.detail().contains("not yet"));
        Files.createFile(marker);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 5_000));
        awaitRunning("x", "1.0.0");
    }

    @Test
    void aPortThatBecomesFreeIsUsedByWhoeverWaitedForIt() throws Exception {
        Path first = plugin("x", "1.0.0").buildIn(folder);
        start();
        awaitRunning("x", "1.0.0");
        new PluginJarBuilder("y")
                .members(PluginJarBuilder.listeningOn(port("x")))
                .buildIn(folder);
        awaitReport(
                "y",
                report -> report.state() == State.UNUSABLE && report.detail().contains("as plugin x does"));
        Files.delete(first);
        awaitRunning("y", "1.0.0");
    }

    @Test
    void aThreadThatAPluginLeavesBehindIsEndedAndNamed() throws Exception {
        Path jar = plugin("x", "1.0.0")
                .create("data = context.dataDirectory(); Thread leak = new Thread(() -> {"
                        + " try { Thread.sleep(1_000_000); } catch (InterruptedException e) { note(\"ended\"); } },"
                        + " \"leaky\"); leak.setDaemon(true); leak.start(); return new Balancer();")
                .buildIn(folder);
        start();
        awaitRunning("x", "1.0.0");
        Files.delete(jar);
        awaitReport("x", report -> report.detail().contains("left 1 thread behind (leaky"));
        // On a busy machine it may end later than it is waited for.
        soon().untilAsserted(() -> assertThat(journal("x")).contains("1.0.0 ended"));
        soon().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("leaky"));
    }

    /**
     * Code that hangs while a file exists. The opposite, waiting for a file, could hang for ever: the file could vanish
     * with the test's folder before a busy machine has seen it.
     */
    private String forEver() throws IOException {
        Path hang = Files.createFile(data.resolve("hang"));
        return "while (java.nio.file.Files.exists(java.nio.file.Path.of(\"" + hang
                + "\"))) { try { Thread.sleep(5); } catch (InterruptedException e) { } }";
    }

    @Test
    void aPluginThatHangsForEverHoldsUpNeitherTheOthersNorTheEnd() throws Exception {
        limits = BRIEF;
        String forEver = forEver();
        plugin("creating", "1.0.0").create(forEver + " return new Balancer();").buildIn(folder);
        plugin("applying", "1.0.0").apply(forEver + " return null;").buildIn(folder);
        plugin("closing", "1.0.0").close(forEver).buildIn(folder);
        plugin("good", "1.0.0").buildIn(folder);
        try {
            start();
            awaitJournal("good", "1.0.0 create", "1.0.0 apply 1");
            awaitReport(
                    "creating",
                    report -> report.state() == State.UNUSABLE
                            && report.detail().contains("does not let itself be interrupted"));
            awaitReport("applying", report -> report.detail().contains("does not let itself be interrupted"));
            offer(2);
            awaitJournal("good", "1.0.0 create", "1.0.0 apply 1", "1.0.0 apply 2");
            host.orElseThrow().stop();
            manager.orElseThrow().close();
            assertThat(journal("good")).endsWith("1.0.0 close");
        } finally {
            Files.delete(data.resolve("hang"));
        }
    }

    @Test
    void aPluginThatHangsIsReplacedByOneThatDoesNot() throws Exception {
        limits = BRIEF;
        String forEver = forEver();
        plugin("x", "1.0.0").apply(forEver + " return null;").buildIn(folder);
        try {
            start();
            awaitReport("x", report -> report.detail().contains("does not let itself be interrupted"));
            plugin("x", "1.1.0").moveInto(folder);
            awaitRunning("x", "1.1.0");
            awaitReport("x", report -> report.detail().contains("version 1.0.0 did not end in time"));
            soon().untilAsserted(() -> assertThat(journal("x")).contains("1.1.0 apply 1"));
        } finally {
            Files.delete(data.resolve("hang"));
        }
    }

    @Test
    void ofManyQuickReplacementsTheLastCounts() throws Exception {
        plugin("x", "1.0.0").buildIn(folder);
        start();
        for (int i = 1; i <= 10; i++) {
            plugin("x", "1.0." + i).moveInto(folder);
        }
        awaitRunning("x", "1.0.10");
        soon().untilAsserted(() -> assertThat(journal("x")).endsWith("1.0.10 apply 1"));
    }

    @Test
    void theClassLoadersOfReplacedVersionsAreReleased() throws Exception {
        sections.put("x", JsonNodeFactory.instance.objectNode().put("size", 1));
        String failing = "note(\"apply \" + snapshot.revision());"
                + " if (snapshot.revision() % 2 == 0) throw new IllegalStateException(\"on purpose\");"
                + " return new ApplyResult.Unchanged(List.of());";
        plugin("x", "1.0.0").apply(failing).buildIn(folder);
        start();
        awaitRunning("x", "1.0.0");
        // The compiler's own memory must not be part of the measurement.
        Path elsewhere = dataOf("elsewhere");
        for (int i = 1; i <= WARM_UP + REPLACEMENTS; i++) {
            plugin("x", "1.0." + i).apply(failing).file(i + ".jar").buildIn(elsewhere);
        }
        long revision = 1;
        long heap = 0;
        for (int i = 1; i <= WARM_UP + REPLACEMENTS; i++) {
            Files.move(
                    elsewhere.resolve(i + ".jar"),
                    folder.resolve("x.jar"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            awaitRunning("x", "1.0." + i);
            // An exception of a plugin must not keep its class loader either.
            offer(++revision);
            offer(++revision);
            if (i == WARM_UP) {
                PluginClassLoaderCounter.await(1);
                heap = usedHeap();
            }
        }
        PluginClassLoaderCounter.await(1);
        log.info(
                "heap in use before {} replacements: {} kB, after: {} kB; class loaders of the plugin: {}",
                REPLACEMENTS,
                heap / 1024,
                usedHeap() / 1024,
                PluginClassLoaderCounter.count());
        soon().untilAsserted(() -> assertThat(copies()).hasSize(1));
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> copies = Files.list(staging)) {
            return copies.toList();
        }
    }

    private static long usedHeap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
