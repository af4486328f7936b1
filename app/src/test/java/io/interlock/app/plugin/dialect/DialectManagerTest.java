package io.interlock.app.plugin.dialect;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.config.PluginSources;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.plugin.ConfiguredPlugin;
import io.interlock.app.plugin.DialectPlugin;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.PluginLoadResult;
import io.interlock.app.plugin.PluginManager;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.testsupport.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dialects from jars, as a third party would build them. */
@Tag("unit")
class DialectManagerTest {

    private static final String FACTORY = """
            package PACKAGE;
            import io.interlock.api.dialect.*;
            import java.util.*;
            @org.pf4j.Extension
            public class Factory implements LabelDialectFactory<Factory.Config> {
                public record Config(int size) {}
                public String type() { return "Demo"; }
                public Class<Config> configType() { return Config.class; }
                public LabelDialect create(Config config) throws Exception {
                    MAKE_IT
                    return new LabelDialect() {
                        public DialectSources sources() { return new DialectSources(Set.of("PREFIX"), Set.of(), false); }
                        public DialectTranslation translate(DialectInput container) { TRANSLATE }
                    };
                }
            }
            """;

    private static final String HOSTNAME = """
            return new DialectTranslation(
                Map.of("hostname", DialectField.of("demo.host", container.labels().get("demo.host"))),
                Map.of(), List.of());
            """;

    private static final ContainerFacts CONTAINER = ContainerFactsBuilder.named("web")
            .label("demo.host", "a.example.com")
            .label("other.host", "b.example.com")
            .facts();

    @TempDir
    private Path folder;

    @TempDir
    private Path staging;

    private Optional<PluginManager> host = Optional.empty();

    private static PluginJarBuilder jar(String translate) {
        return jar("", "demo.", translate);
    }

    private static PluginJarBuilder jar(String create, String prefix, String translate) {
        return new PluginJarBuilder("dialect-demo")
                .source(FACTORY.replace("MAKE_IT", create)
                        .replace("PREFIX", prefix)
                        .replace("TRANSLATE", translate));
    }

    private PluginLoadResult load(String... dialects) throws IOException, InterruptedException {
        PluginTimeLimits limits = new PluginTimeLimits(
                Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(60));
        ProxySettings settings = new ProxySettings(
                8080,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                100,
                Optional.empty(),
                Path.of("/none"),
                Path.of("/none"),
                Optional.empty());
        PluginManager loading = new PluginManager(
                folder, staging, "2.1.0", PluginSources.of(Map.of()).with(List.of(dialects)), settings, limits);
        host = Optional.of(loading);
        return loading.load();
    }

    private DialectManager open(String... dialects) throws IOException, InterruptedException {
        return DialectManager.open(List.of(dialects), load(dialects).dialects());
    }

    @AfterEach
    void close() throws InterruptedException {
        if (host.isPresent()) {
            host.get().stop();
            host.get().close();
        }
    }

    private static DialectTranslation translate(DialectManager dialects) {
        return dialects.current().dialects().getFirst().translate(CONTAINER);
    }

    private static String hostname(DialectManager dialects) {
        return translate(dialects).fields().values().iterator().next().values().getFirst();
    }

    @Test
    void aDialectThatIsSelectedTranslatesItsLabels() throws Exception {
        jar(HOSTNAME).buildIn(folder);

        DialectManager dialects = open("interlock", "demo");

        assertThat(hostname(dialects)).isEqualTo("a.example.com");
        assertThat(dialects.current().selection(Set.of()).hasLabel("Demo.x")).isTrue();
        assertThat(dialects.current().selection(Set.of()).hasLabel("other.x")).isFalse();
    }

    @Test
    void aDialectThatIsNotSelectedIsNotLoaded() throws Exception {
        jar("if (true) throw new IllegalStateException();", "demo.", HOSTNAME).buildIn(folder);

        PluginLoadResult loaded = load("interlock");

        assertThat(loaded.dialects()).isEmpty();
        assertThat(loaded.reports()).singleElement().satisfies(report -> {
            assertThat(report.state()).isEqualTo(PluginReport.State.DISABLED);
            assertThat(report.detail()).contains("$.dialects");
        });
    }

    @Test
    void anIdMustSayThatItIsADialect() throws Exception {
        new PluginJarBuilder("demo")
                .source(FACTORY.replace("MAKE_IT", "")
                        .replace("PREFIX", "demo.")
                        .replace("TRANSLATE", HOSTNAME))
                .buildIn(folder);

        assertThat(load("interlock", "demo").reports())
                .singleElement()
                .extracting(PluginReport::detail)
                .asString()
                .contains("dialect-");
    }

    @Test
    void aContainerIsLeftOutIfTheDialectFails() throws Exception {
        jar("throw new IllegalStateException(\"broken\");").buildIn(folder);

        assertThat(translate(open("demo")).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.effect()).isEqualTo(DialectFinding.Effect.LEFT_OUT);
            assertThat(finding.reason()).contains("dialect-demo", "broken");
        });
    }

    @Test
    void aContainerIsLeftOutIfTheResultIsNullOrTheStackIsTooSmall() throws Exception {
        jar("return null;").buildIn(folder);
        assertThat(translate(open("demo")).findings()).hasSize(1);
        host.orElseThrow().close();

        jar("return translate(container);").moveInto(folder);
        assertThat(translate(open("demo")).findings()).hasSize(1);
    }

    @Test
    void aNewVersionThatReadsTheSameReplacesTheOldOne() throws Exception {
        jar(HOSTNAME).buildIn(folder);
        DialectManager dialects = open("demo");
        host.orElseThrow().start(events -> consumer(dialects, events));
        DialectSet before = dialects.current();

        jar(HOSTNAME.replace("container.labels().get(\"demo.host\")", "\"new.example.com\""))
                .version("1.0.1")
                .moveInto(folder);

        await().untilAsserted(() -> assertThat(hostname(dialects)).isEqualTo("new.example.com"));
        assertThat(dialects.current()).isNotEqualTo(before);
    }

    @Test
    void aNewVersionThatReadsOtherLabelsWaitsForTheNextStart() throws Exception {
        jar(HOSTNAME).buildIn(folder);
        DialectManager dialects = open("demo");
        host.orElseThrow().start(events -> consumer(dialects, events));

        jar("", "other.", HOSTNAME).version("1.0.1").moveInto(folder);

        await().untilAsserted(() -> assertThat(host.orElseThrow().reports())
                .anySatisfy(report -> assertThat(report.detail()).contains("next start")));
        assertThat(hostname(dialects)).isEqualTo("a.example.com");
    }

    private static PluginConsumer consumer(DialectManager dialects, PluginConsumer.StateListener events) {
        return new PluginConsumer() {
            @Override
            public void use(ConfiguredPlugin plugged) {
                dialects.use((DialectPlugin) plugged, events);
            }

            @Override
            public void end(String pluginId) {}
        };
    }
}
