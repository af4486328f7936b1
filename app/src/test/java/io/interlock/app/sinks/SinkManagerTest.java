package io.interlock.app.sinks;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.Explanation;
import io.interlock.api.status.SinkStatus;
import io.interlock.app.config.PluginSources;
import io.interlock.app.plugin.ConfiguredPlugin;
import io.interlock.app.plugin.PluginClassLoaderCounter;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.PluginManager;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.plugin.SinkPlugin;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.status.StatusFixture;
import io.interlock.testsupport.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tests sinks in jars that are compiled as those of third parties. */
@Timeout(120)
@Tag("unit")
@ResourceLock(PluginClassLoaderCounter.LOCK)
class SinkManagerTest {

    private static final String SINK = """
            package PACKAGE;
            import io.interlock.api.sink.*;
            import java.nio.file.*;
            @org.pf4j.Extension
            public class Factory implements StatsSinkFactory<Factory.Config> {
                public record Config(int size) {}
                public String type() { return "journal"; }
                public Class<Config> configType() { return Config.class; }
                public java.time.Duration interval(Config config) { return java.time.Duration.ofSeconds(1); }
                public StatsSink create(Config config, StatsSinkContext context) throws Exception {
                    MAKE_IT
                    Path journal = context.dataDirectory().resolve("journal");
                    return new StatsSink() {
                        public void accept(StatsSnapshot snapshot) throws Exception {
                            note("accept " + snapshot.host().version());
                            TAKE_IT
                        }
                        public void close() { note("close"); }
                        void note(String line) {
                            try {
                                Files.writeString(journal, line + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            } catch (java.io.IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        }
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

    private final StatusFixture statusService = new StatusFixture();
    private PluginTimeLimits limits = new PluginTimeLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(1));
    private Optional<PluginManager> host = Optional.empty();
    private Optional<Users> users = Optional.empty();

    private static PluginJarBuilder sink(String create, String accept) {
        return new PluginJarBuilder("journal")
                .source(SINK.replace("MAKE_IT", create).replace("TAKE_IT", accept));
    }

    private void start() throws IOException, InterruptedException {
        ObjectNode section = new ObjectMapper().createObjectNode().put("size", 3);
        PluginManager starting = new PluginManager(
                folder, staging, "2.1.0", PluginSources.of(Map.of("journal", section)), settings(), limits);
        host = Optional.of(starting);
        starting.load();
        SinkEnvironment environment = new SinkEnvironment(
                new BoardSources(statusService),
                id -> Files.createDirectories(data.resolve(id)),
                statusService.status.events(),
                limits);
        users = Optional.of(starting.start(events -> new Users(new SinkManager(environment, events))));
    }

    @AfterEach
    void close() throws InterruptedException {
        if (host.isPresent()) {
            host.get().stop();
            users.orElseThrow().workers().close();
            host.get().close();
        }
        statusService.close();
    }

    private static ConditionFactory soon() {
        return await();
    }

    private List<String> journal() {
        try {
            return Files.readAllLines(data.resolve("journal").resolve("journal"));
        } catch (IOException e) {
            return List.of();
        }
    }

    private SinkStatus status() {
        return users.orElseThrow().workers().status().getFirst();
    }

    @Test
    void aSinkGetsSnapshotsUntilItsJarIsTakenAway() throws Exception {
        Path jar = sink("", "").moveInto(folder);
        start();
        soon().untilAsserted(() -> assertThat(journal()).contains("accept 2.0.0"));
        soon().until(() -> status().accepted() >= 2);
        assertThat(host.orElseThrow().reports())
                .singleElement()
                .satisfies(report -> assertThat(report.type()).contains("journal"));
        Files.delete(jar);
        soon().untilAsserted(() -> assertThat(journal()).endsWith("close"));
        soon().untilAsserted(
                        () -> assertThat(users.orElseThrow().workers().status()).isEmpty());
    }

    @Test
    void nothingIsKeptOfSinksThatWereReplacedOrTakenAway() throws Exception {
        Path jar = sink("", "").moveInto(folder);
        start();
        for (int i = 1; i <= 5; i++) {
            String version = "1.0." + i;
            sink("", "").version(version).moveInto(folder);
            soon().until(() -> host.orElseThrow().reports().stream()
                    .anyMatch(report -> report.state() == PluginReport.State.RUNNING
                            && report.version().equals(Optional.of(version))));
        }
        PluginClassLoaderCounter.await(1);
        Files.delete(jar);
        PluginClassLoaderCounter.await(0);
    }

    @Test
    void aSnapshotThatASinkChokesOnIsCountedAndTheNextComes() throws Exception {
        sink("", "throw new IllegalStateException(\"no room\");").moveInto(folder);
        start();
        soon().until(() -> status().failed() >= 2);
        assertThat(status().lastFailure()).contains("no room");
        assertThat(status().accepted()).isZero();
    }

    @Test
    void aSinkThatHangsIsInterruptedAndWhatItMissedIsCounted() throws Exception {
        limits = new PluginTimeLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
        sink("", "new java.util.concurrent.CountDownLatch(1).await();").moveInto(folder);
        start();
        soon().until(() -> status().failed() >= 1);
        soon().until(() -> status().skipped() >= 1);
        assertThat(status().lastFailure()).contains("within 1 s");
    }

    @Test
    void aSinkThatCannotBeMadeIsReported() throws Exception {
        sink("if (true) throw new java.io.IOException(\"port 9101 is in use\");", "")
                .moveInto(folder);
        start();
        soon().untilAsserted(() -> assertThat(host.orElseThrow().reports())
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.state()).isEqualTo(PluginReport.State.UNUSABLE);
                    assertThat(report.detail()).contains("port 9101 is in use");
                }));
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

    private record Users(SinkManager workers) implements PluginConsumer {

        @Override
        public void use(ConfiguredPlugin plugged) {
            if (plugged instanceof SinkPlugin sink) {
                workers.use(sink);
            }
        }

        @Override
        public void end(String pluginId) {
            workers.end(pluginId);
        }
    }

    private record BoardSources(StatusFixture statusService) implements SinkEnvironment.DataSource {

        @Override
        public StatsSnapshot snapshot() {
            return new StatsSnapshot(statusService.status.status(), Map.of());
        }

        @Override
        public Explanation explain(String question) {
            return statusService.explain(question);
        }

        @Override
        public ContainerResources resources(String engineId, String containerId) throws IOException {
            throw new IOException("there are no engines");
        }
    }
}
