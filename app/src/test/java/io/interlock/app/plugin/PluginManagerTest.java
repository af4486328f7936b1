package io.interlock.app.plugin;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.ApplyResult.Unchanged;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.config.PluginSources;
import io.interlock.app.plugin.PluginReport.State;
import io.interlock.app.plugin.guard.LoadBalancerGuard;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.pluginhost.PluginSectionProblem;
import io.interlock.testsupport.PluginJarBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@Tag("unit")
@ResourceLock(value = PluginClassLoaderCounter.LOCK, mode = ResourceAccessMode.READ)
class PluginManagerTest {

    private static final String API = "2.1.0";
    private static final PluginTimeLimits LIMITS = new PluginTimeLimits(
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMillis(50));
    private static final ProxySettings SETTINGS = new ProxySettings(
            8080,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            10,
            Optional.empty(),
            Path.of("/none"),
            Path.of("/none"),
            Optional.empty());
    private static final TopologySnapshot SNAPSHOT = new TopologySnapshot(1, Topology.EMPTY);

    @TempDir
    private Path folder;

    private final Map<String, ObjectNode> sections = new HashMap<>();
    private Optional<PluginManager> host = Optional.empty();

    @TempDir
    private Path staging;

    private PluginLoadResult load() throws IOException, InterruptedException {
        return load(Map.of());
    }

    private PluginLoadResult load(Map<String, String> variables) throws IOException, InterruptedException {
        PluginSources sources = new PluginSources(sections, folder, variables);
        PluginManager loading = new PluginManager(folder, staging, API, sources, SETTINGS, LIMITS);
        host = Optional.of(loading);
        return loading.load();
    }

    private void section(String id, String json) throws JsonProcessingException {
        sections.put(id, (ObjectNode) new ObjectMapper().readTree(json));
    }

    @AfterEach
    void close() {
        host.ifPresent(PluginManager::close);
    }

    @Test
    void aJarInTheFolderIsALoadBalancer() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        section("good", "{\"greeting\": \"hello\", \"size\": 3}");
        PluginLoadResult loaded = load();
        assertThat(loaded.reports()).extracting(PluginReport::detail).containsExactly("");
        assertThat(loaded.configProblems()).isEmpty();
        LoadBalancer loadBalancer = loaded.loadBalancers().getFirst().open(new Context(folder));
        assertThat(loadBalancer.apply(SNAPSHOT)).isInstanceOf(Unchanged.class);
        loadBalancer.close();
    }

    @Test
    void aJarThatEveryUserMayChangeIsNotUsed() throws Exception {
        Path jar = new PluginJarBuilder("good").buildIn(folder);
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers()).isEmpty();
        assertThat(loaded.reports())
                .extracting(PluginReport::detail)
                .containsExactly("every user may change it; run chmod o-w on it");
    }

    @Test
    void noJarIsUsedOfAFolderThatEveryUserMayChange() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers()).isEmpty();
        assertThat(loaded.reports()).extracting(PluginReport::detail).allMatch(detail -> detail.contains("chmod o-w"));
    }

    @Test
    void aPluginSeesItsOwnSection() throws Exception {
        new PluginJarBuilder("good")
                .create("throw new LoadBalancerUnavailableException(config.toString());")
                .buildIn(folder);
        section("good", "{\"greeting\": \"hello\", \"size\": 3, \"enabled\": true}");
        LoadBalancerPlugin plugged = load().loadBalancers().getFirst();
        assertThatThrownBy(() -> plugged.open(new Context(folder)))
                .isInstanceOf(LoadBalancerUnavailableException.class)
                .hasMessage("Config[greeting=hello, size=3, path=Optional.empty]");
    }

    @Test
    void variablesSetKeysOfAPluginAndSwitchItOff() throws Exception {
        new PluginJarBuilder("good")
                .create("throw new LoadBalancerUnavailableException(config.toString());")
                .buildIn(folder);
        section("good", "{\"greeting\": \"hello\", \"enabled\": false}");

        LoadBalancerPlugin plugged = load(Map.of(
                        "INTERLOCK_PLUGINS_GOOD_SIZE", "4", "INTERLOCK_PLUGINS_GOOD_ENABLED", "true"))
                .loadBalancers()
                .getFirst();
        assertThatThrownBy(() -> plugged.open(new Context(folder)))
                .hasMessage("Config[greeting=hello, size=4, path=Optional.empty]");
        plugged.discard();
        assertThat(load(Map.of("INTERLOCK_PLUGINS_GOOD_ENABLED", "false")).loadBalancers())
                .isEmpty();
        assertThat(load(Map.of("INTERLOCK_PLUGINS_GOOD_ENABLED", "no")).configProblems())
                .singleElement()
                .hasFieldOrPropertyWithValue("expected", "true or false");
    }

    @Test
    void aPluginCannotSeeTheHost() throws Exception {
        new PluginJarBuilder("nosy")
                .create(seeing("io.interlock.app.plugin.PluginManager"))
                .buildIn(folder);
        new PluginJarBuilder("thief")
                .members(PluginJarBuilder.listeningOn(8081))
                .create(seeing("com.fasterxml.jackson.databind.ObjectMapper"))
                .buildIn(folder);
        assertThat(load().loadBalancers())
                .hasSize(2)
                .allSatisfy(plugged -> assertThatThrownBy(() -> plugged.open(new Context(folder)))
                        .isInstanceOf(LoadBalancerUnavailableException.class)
                        .hasMessage("not seen"));
    }

    private static String seeing(String className) {
        return "try { Class.forName(\"" + className
                + "\"); return new Balancer(); } catch (ClassNotFoundException e) {"
                + " throw new LoadBalancerUnavailableException(\"not seen\"); }";
    }

    @Test
    void aPluginRunsWithItsOwnContextClassLoader() throws Exception {
        new PluginJarBuilder("good")
                .create("if (Thread.currentThread().getContextClassLoader() != Factory.class.getClassLoader())"
                        + " throw new IllegalStateException(\"wrong class loader\"); return new Balancer();")
                .buildIn(folder);
        LoadBalancerPlugin plugged = load().loadBalancers().getFirst();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        plugged.open(new Context(folder)).close();
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void aPluginForAnotherApiIsNamedAndTheOthersWork() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        new PluginJarBuilder("future").requires(">=3.0.0").buildIn(folder);
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("good");
        assertThat(unusable(loaded)).singleElement().satisfies(report -> {
            assertThat(report.id()).isEqualTo("future");
            assertThat(report.requires()).contains(">=3.0.0");
            assertThat(report.detail()).contains(">=3.0.0", API);
        });
    }

    @Test
    void aJarWithoutItsIndexIsNamedAndTheOthersWork() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        new PluginJarBuilder("bare").withoutIndex().buildIn(folder);
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("good");
        assertThat(unusable(loaded))
                .singleElement()
                .satisfies(report -> assertThat(report.detail()).contains("extensions.idx", "bare.jar"));
    }

    @Test
    void aFileThatIsNoJarIsNamedAndTheOthersWork() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        Files.writeString(folder.resolve("broken.jar"), "no zip");
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("good");
        assertThat(unusable(loaded)).extracting(PluginReport::id).containsExactly("broken.jar");
    }

    @Test
    void aJarThatIsTooLargeIsNamedAndTheOthersWork() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large.jar").toFile(), "rw")) {
            large.setLength((256L << 20) + 1);
        }
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("good");
        assertThat(unusable(loaded)).singleElement().asString().contains("large.jar", "is larger than 268435456 bytes");
    }

    @Test
    void aMissingFolderIsAProblemThatNamesIt() throws Exception {
        folder = folder.resolve("none");
        assertThat(unusable(load()))
                .singleElement()
                .satisfies(report -> assertThat(report.id()).endsWith("none"));
    }

    private static List<PluginReport> unusable(PluginLoadResult loaded) {
        return loaded.reports().stream()
                .filter(report -> report.state() == State.UNUSABLE)
                .toList();
    }

    @Test
    void aPluginThatIsSwitchedOffIsNotUsed() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        section("good", "{\"enabled\": false, \"nonsense\": 1}");
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers()).isEmpty();
        assertThat(loaded.reports()).singleElement().satisfies(report -> {
            assertThat(report.state()).isEqualTo(State.DISABLED);
            assertThat(report.detail()).contains("$.plugins.good.enabled");
        });
        assertThat(loaded.configProblems()).isEmpty();
    }

    @Test
    void anUnknownKeyInASectionIsAProblemWithItsPath() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        section("good", "{\"greting\": \"hello\"}");
        assertThat(load().configProblems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).containsExactly("greting");
            assertThat(problem.expected()).contains("greeting");
        });
    }

    @Test
    void aWrongTypeInASectionIsAProblemWithItsPath() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        section("good", "{\"size\": \"three\"}");
        assertThat(load().configProblems())
                .containsExactly(new PluginSectionProblem(
                        "good", List.of("size"), "a whole number", "a text", Optional.empty()));
    }

    @Test
    void whatAPluginsRecordRefusesIsAProblemWithItsOwnWords() throws Exception {
        new PluginJarBuilder("good")
                .configCheck("if (size > 9) throw new IllegalArgumentException(\"size is at most 9\");")
                .buildIn(folder);
        section("good", "{\"size\": 10}");
        assertThat(load().configProblems()).singleElement().satisfies(problem -> {
            assertThat(problem.pluginId()).isEqualTo("good");
            assertThat(problem.hint()).contains("size is at most 9");
        });
    }

    @Test
    void enabledMustBeABoolean() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        section("good", "{\"enabled\": \"no\"}");
        assertThat(load().configProblems())
                .extracting(problem -> problem.path().getFirst())
                .containsExactly("enabled");
    }

    @Test
    void aSectionForAPluginThatIsNotThereYetIsNamedAndKeepsNothingFromStarting() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        section("god", "{}");
        PluginLoadResult loaded = load();
        assertThat(loaded.configProblems()).isEmpty();
        assertThat(unusable(loaded)).singleElement().satisfies(report -> {
            assertThat(report.id()).isEqualTo("god");
            assertThat(report.detail()).contains("$.plugins.god", "good");
        });
    }

    @Test
    void aPluginThatHangsWhileItIsLoadedIsNamedAndTheOthersWork() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        new PluginJarBuilder("hanging")
                .factory("while (true) { Thread.onSpinWait(); if (Thread.interrupted()) break; }")
                .buildIn(folder);
        PluginTimeLimits hasty =
                new PluginTimeLimits(Duration.ofSeconds(4), LIMITS.call(), LIMITS.close(), LIMITS.grace());
        PluginManager loading = new PluginManager(folder, staging, API, PluginSources.of(sections), SETTINGS, hasty);
        host = Optional.of(loading);
        PluginLoadResult loaded = loading.load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("good");
        assertThat(unusable(loaded)).singleElement().satisfies(report -> {
            assertThat(report.id()).isEqualTo("hanging");
            assertThat(report.detail()).contains("hanging.jar", "within 4 s", "hangs");
        });
    }

    @Test
    void whateverAFactoryThrowsIsNamedAndTheOthersWork() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        for (String thrown : new String[] {"IllegalStateException", "AssertionError", "NoSuchMethodError"}) {
            new PluginJarBuilder("bad" + thrown)
                    .factory("if (true) throw new " + thrown + "(\"on purpose\");")
                    .buildIn(folder);
        }
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("good");
        assertThat(unusable(loaded))
                .hasSize(3)
                .allSatisfy(report -> assertThat(report.detail()).contains("on purpose", ".jar"));
    }

    @Test
    void aPluginThatBundlesTheApiIsUsedWithTheHostsAndSaysSo() throws Exception {
        new PluginJarBuilder("good")
                .with("io/interlock/api/topology/Server.class", new byte[] {1})
                .buildIn(folder);
        LoadBalancerPlugin plugged = load().loadBalancers().getFirst();
        assertThat(plugged.trouble().orElseThrow()).contains("io.interlock.api.topology.Server", "provided");
        plugged.open(new Context(folder)).close();
    }

    @Test
    void twoPluginsOnOnePortAreToldApartAndTheFirstWorks() throws Exception {
        new PluginJarBuilder("one").buildIn(folder);
        new PluginJarBuilder("two").buildIn(folder);
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("one");
        assertThat(unusable(loaded)).singleElement().satisfies(report -> {
            assertThat(report.id()).isEqualTo("two");
            assertThat(report.detail()).contains("port 8080", "plugin one", "$.plugins.two.enabled");
        });
    }

    @Test
    void pluginsOnPortsOfTheirOwnWorkSideBySide() throws Exception {
        new PluginJarBuilder("one").buildIn(folder);
        new PluginJarBuilder("two").members(PluginJarBuilder.listeningOn(8081)).buildIn(folder);
        assertThat(load().loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("one", "two");
    }

    @Test
    void ofTwoJarsWithOneIdTheHigherVersionIsUsedAndTheOtherNamed() throws Exception {
        new PluginJarBuilder("x").version("1.10.0").file("a.jar").buildIn(folder);
        new PluginJarBuilder("x").version("1.9.0").file("b.jar").buildIn(folder);
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::version)
                .containsExactly("1.10.0");
        assertThat(unusable(loaded)).isEmpty();
        assertThat(loaded.reports()).anySatisfy(report -> {
            assertThat(report.state()).isEqualTo(State.SUPERSEDED);
            assertThat(report.version()).contains("1.9.0");
            assertThat(report.detail()).contains("b.jar", "a.jar", "same Plugin-Id");
        });
    }

    @Test
    void ofTwoJarsWithOneIdTheLowerVersionIsUsedIfTheOtherCannotBe() throws Exception {
        new PluginJarBuilder("x").version("2.0.0").file("a.jar").withoutIndex().buildIn(folder);
        new PluginJarBuilder("x").version("1.0.0").file("b.jar").buildIn(folder);
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::version)
                .containsExactly("1.0.0");
        assertThat(unusable(loaded))
                .singleElement()
                .satisfies(report -> assertThat(report.version()).contains("2.0.0"));
    }

    @Test
    void whateverAPluginThrowsBecomesAResult() throws Exception {
        for (String thrown : new String[] {"RuntimeException", "NoClassDefFoundError", "StackOverflowError"}) {
            assertThat(applying("if (true) throw new " + thrown + "(\"on purpose\"); return null;"))
                    .as(thrown)
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("on purpose"));
        }
        assertThat(applying("return null;"))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("null"));
    }

    @Test
    void aResultThatIsIncompleteBecomesAFailure() throws Exception {
        for (String incomplete : new String[] {
            "ApplyResult.Applied(null, java.time.Duration.ZERO, List.of())",
            "ApplyResult.Rejected(null)",
            "ApplyResult.Failed((String) null)",
            "ApplyResult.Unchanged(null)"
        }) {
            assertThat(applying("return new " + incomplete + ";"))
                    .as(incomplete)
                    .isInstanceOf(Failed.class);
        }
    }

    @Test
    void aFactoryThatAnswersNullIsNamedAndTheOthersWork() throws Exception {
        new PluginJarBuilder("good").buildIn(folder);
        new PluginJarBuilder("nameless").type("null").buildIn(folder);
        PluginLoadResult loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(LoadBalancerPlugin::pluginId)
                .containsExactly("good");
        assertThat(unusable(loaded))
                .singleElement()
                .satisfies(report -> assertThat(report.detail()).contains("type is null"));
    }

    private ApplyResult applying(String body) throws Exception {
        close();
        Path jars = Files.createTempDirectory(folder, "jars");
        new PluginJarBuilder("bad").apply(body).buildIn(jars);
        PluginManager loading = new PluginManager(jars, staging, API, PluginSources.of(Map.of()), SETTINGS, LIMITS);
        host = Optional.of(loading);
        return loading.load()
                .loadBalancers()
                .getFirst()
                .open(new Context(folder))
                .apply(SNAPSHOT);
    }

    @Test
    void aPluginThatHangsIsInterruptedAtItsDeadline() throws Exception {
        LoadBalancer hanging = opened(
                guard(Duration.ofMillis(50)),
                () -> applying(() -> {
                    Thread.currentThread().join();
                    throw new IllegalStateException("not reached");
                }));
        assertThat(hanging.apply(SNAPSHOT))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("slow", "did not answer"));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aPluginThatDoesNotLetItselfBeInterruptedIsInTroubleUntilItAnswers() throws Exception {
        LoadBalancerGuard guard = guard(Duration.ofMillis(20));
        CountDownLatch release = new CountDownLatch(1);
        LoadBalancer hanging = opened(
                guard,
                () -> applying(() -> {
                    while (release.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return new Unchanged(List.of());
                }));
        Thread worker = Thread.ofPlatform().daemon().start(() -> {
            try {
                hanging.apply(SNAPSHOT);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> guard.trouble().isPresent());
        assertThat(guard.trouble().orElseThrow()).contains("apply a topology", "does not let itself be interrupted");
        release.countDown();
        worker.join();
        assertThat(guard.trouble()).isEmpty();
    }

    @Test
    void aCreationThatHangsIsInterruptedAtItsDeadline() {
        assertThatThrownBy(() -> guard(Duration.ofMillis(20)).open(() -> {
                    Thread.currentThread().join();
                    throw new IllegalStateException("not reached");
                }))
                .isInstanceOf(LoadBalancerUnavailableException.class)
                .hasMessageContaining("hangs");
    }

    @Test
    void whateverACreationThrowsBecomesAReason() {
        for (Throwable thrown :
                List.of(new IllegalStateException("x"), new AssertionError("x"), new NoSuchMethodError("x"))) {
            assertThatThrownBy(() -> guard(Duration.ofMinutes(1)).open(() -> {
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) thrown;
                    }))
                    .isInstanceOf(LoadBalancerUnavailableException.class)
                    .hasMessageContaining("x");
        }
    }

    @Test
    void aLoadBalancerIsAskedForNothingThatItCannotDoAndItsResultSaysSo() throws Exception {
        Backend backend = new Backend("b", List.of(), new HealthCheck.Http("GET", "/", Optional.empty()), List.of());
        List<TopologySnapshot> seen = new ArrayList<>();
        LoadBalancer modest = guard(Duration.ofMinutes(1)).open(() -> new LoadBalancer() {
            @Override
            public ApplyResult apply(TopologySnapshot snapshot) {
                seen.add(snapshot);
                return new Unchanged(List.of());
            }

            @Override
            public void close() {}
        });
        ApplyResult result = modest.apply(new TopologySnapshot(7, new Topology(List.of(), List.of(backend))));
        assertThat(seen).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.revision()).isEqualTo(7);
            assertThat(snapshot.topology().backends().getFirst().healthCheck()).isEqualTo(new HealthCheck.Tcp());
        });
        assertThat(result)
                .isInstanceOfSatisfying(
                        Unchanged.class,
                        unchanged -> assertThat(unchanged.omissions()).hasSize(1));
    }

    /** Opens a load balancer, on a busy machine perhaps not within the limit at first. */
    private static LoadBalancer opened(LoadBalancerGuard guard, Callable<LoadBalancer> creation) {
        return await().ignoreExceptionsInstanceOf(LoadBalancerUnavailableException.class)
                .until(() -> guard.open(creation), loadBalancer -> true);
    }

    private static LoadBalancerGuard guard(Duration limit) {
        PluginTimeLimits limits = new PluginTimeLimits(limit, limit, limit, Duration.ofMillis(20));
        return new LoadBalancerGuard("slow", "test", PluginManagerTest.class.getClassLoader(), limits);
    }

    private static LoadBalancer applying(Callable<ApplyResult> apply) {
        return new LoadBalancer() {
            @Override
            public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
                try {
                    return apply.call();
                } catch (InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void anInterruptOfTheHostIsPassedOn() {
        Callable<LoadBalancer> interrupted = () -> {
            throw new InterruptedException("by the host");
        };
        assertThatThrownBy(() -> guard(Duration.ofMinutes(1)).open(interrupted))
                .isInstanceOf(InterruptedException.class);
    }

    private record Context(Path dataDirectory) implements LoadBalancerContext {
        @Override
        public String pluginId() {
            return "test";
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }

        @Override
        public ProxySettings settings() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requestApply() {}
    }
}
