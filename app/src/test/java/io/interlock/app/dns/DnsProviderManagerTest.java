package io.interlock.app.dns;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.config.PluginSources;
import io.interlock.app.plugin.ConfiguredPlugin;
import io.interlock.app.plugin.DnsProviderPlugin;
import io.interlock.app.plugin.PluginClassLoaderCounter;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.PluginManager;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.testsupport.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Tests DNS providers in jars that are compiled as those of third parties. */
@Timeout(120)
@Tag("unit")
@ResourceLock(PluginClassLoaderCounter.LOCK)
class DnsProviderManagerTest {

    private static final ChallengeRecord RECORD =
            new ChallengeRecord("example.com", "_acme-challenge.example.com", "v".repeat(43));
    private static final String PROVIDER = """
            package PACKAGE;
            import io.interlock.api.dns.*;
            import io.interlock.api.plugin.PluginContext;
            import java.nio.file.*;
            @org.pf4j.Extension
            public class Factory implements DnsProviderFactory<Factory.Config> {
                public record Config(int size) {}
                public String type() { return "paper"; }
                public Class<Config> configType() { return Config.class; }
                public DnsProvider create(Config config, PluginContext context) throws Exception {
                    MAKE_IT
                    Path journal = context.dataDirectory().resolve("journal");
                    return new DnsProvider() {
                        public void present(ChallengeRecord record) throws Exception {
                            note("present " + record.name());
                            PRESENT_IT
                        }
                        public void cleanUp(ChallengeRecord record) throws Exception { note("cleanUp " + record.name()); }
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

    private final PluginTimeLimits limits = new PluginTimeLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(1));
    private Optional<PluginManager> host = Optional.empty();
    private Optional<DnsProviderManager> manager = Optional.empty();

    /** Passes DNS providers on. */
    private record ProviderUsers(DnsProviderManager providers, PluginConsumer.StateListener events)
            implements PluginConsumer {

        @Override
        public void use(ConfiguredPlugin plugged) {
            providers.use((DnsProviderPlugin) plugged, events);
        }

        @Override
        public void end(String pluginId) {
            providers.end(pluginId);
        }
    }

    private static PluginJarBuilder provider(String create, String present) {
        return new PluginJarBuilder("paper")
                .source(PROVIDER.replace("MAKE_IT", create).replace("PRESENT_IT", present));
    }

    private DnsProviderManager start(String... used) throws IOException, InterruptedException {
        ObjectNode section = new ObjectMapper().createObjectNode().put("size", 3);
        PluginManager starting = new PluginManager(
                folder,
                staging,
                "2.1.0",
                PluginSources.of(Map.of("paper", section)),
                new ProxySettings(
                        8080,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        256,
                        Optional.empty(),
                        data.resolve("proxy.conf"),
                        data.resolve("proxy.pid"),
                        Optional.empty()),
                limits);
        host = Optional.of(starting);
        starting.load();
        DnsProviderManager made =
                new DnsProviderManager(() -> Set.of(used), id -> Files.createDirectories(data.resolve(id)), limits);
        manager = Optional.of(made);
        starting.start(events -> new ProviderUsers(made, events));
        return made;
    }

    @AfterEach
    void close() throws InterruptedException {
        if (host.isPresent()) {
            host.get().stop();
            manager.orElseThrow().close();
            host.get().close();
        }
    }

    @Test
    void aProviderAddsAndRemovesRecordsUntilItsJarIsTakenAway() throws Exception {
        Path jar = provider("", "").moveInto(folder);
        DnsProviderManager providers = start("paper");

        providers.present("paper", RECORD);
        providers.cleanUp("paper", RECORD);
        awaitState(PluginReport.State.RUNNING);
        Files.delete(jar);

        await().until(() -> journal().contains("close"));
        assertThat(journal()).containsExactly("present " + RECORD.name(), "cleanUp " + RECORD.name(), "close");
        await().untilAsserted(() -> assertThatThrownBy(() -> providers.present("paper", RECORD))
                .isInstanceOf(DnsChallengeException.class)
                .hasMessageContaining("no plugin is the DNS provider \"paper\""));
    }

    @Test
    void anotherVersionTakesOverAfterTheEarlierHasEnded() throws Exception {
        provider("", "").moveInto(folder);
        DnsProviderManager providers = start("paper");
        providers.present("paper", RECORD);

        provider("", "note(\"second\");").version("2.0.0").moveInto(folder);
        await().until(() -> journal().contains("close"));
        // There is none between the end of the one and the start of the other.
        await().ignoreExceptionsInstanceOf(DnsChallengeException.class).untilAsserted(() -> {
            providers.present("paper", RECORD);
            assertThat(journal()).contains("second");
        });
    }

    @Test
    void aProviderThatNobodyUsesIsNotOpened() throws Exception {
        provider("Files.writeString(context.dataDirectory().resolve(\"journal\"), \"opened\");", "")
                .moveInto(folder);
        start();

        awaitState(PluginReport.State.RUNNING);
        assertThat(data.resolve("paper/journal")).doesNotExist();
    }

    @Test
    void aProviderThatCannotBeCreatedIsReportedAtTheStartAndAtEachUse() throws Exception {
        provider("if (true) throw new java.io.IOException(\"the token is missing\");", "")
                .moveInto(folder);
        DnsProviderManager providers = start("paper");

        awaitState(PluginReport.State.UNUSABLE);
        assertThat(host.orElseThrow().reports().getFirst().detail()).contains("the token is missing");
        assertThatThrownBy(() -> providers.present("paper", RECORD))
                .isInstanceOf(DnsChallengeException.class)
                .hasMessageContaining("the token is missing")
                .satisfies(e -> assertThat(((DnsChallengeException) e).advice()).contains("$.plugins.paper"));
    }

    @Test
    void whateverAProviderThrowsBecomesAReason() throws Exception {
        provider("", "if (true) throw new StackOverflowError();").moveInto(folder);
        DnsProviderManager providers = start("paper");

        assertThatThrownBy(() -> providers.present("paper", RECORD))
                .isInstanceOf(DnsChallengeException.class)
                .hasMessageContaining("plugin paper could not add the record " + RECORD.name());
        providers.cleanUp("paper", RECORD);
        assertThat(journal()).contains("cleanUp " + RECORD.name());
    }

    private void awaitState(PluginReport.State state) {
        await().until(() -> host.orElseThrow().reports().stream().anyMatch(report -> report.state() == state));
    }

    private List<String> journal() {
        try {
            return Files.readAllLines(data.resolve("paper").resolve("journal"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
