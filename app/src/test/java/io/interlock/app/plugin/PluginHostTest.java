package io.interlock.app.plugin;

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
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.plugin.LoadedPlugins.SectionProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHostTest {

    private static final String API = "2.1.0";
    private static final TopologySnapshot SNAPSHOT = new TopologySnapshot(1, Topology.EMPTY);

    @TempDir
    private Path folder;

    private final Map<String, ObjectNode> sections = new HashMap<>();
    private Optional<PluginHost> host = Optional.empty();

    private LoadedPlugins load() {
        PluginHost loading = new PluginHost(folder, API, sections);
        host = Optional.of(loading);
        return loading.load();
    }

    private void section(String id, String json) throws JsonProcessingException {
        sections.put(id, (ObjectNode) new ObjectMapper().readTree(json));
    }

    @AfterEach
    void close() {
        host.ifPresent(PluginHost::close);
    }

    @Test
    void aJarInTheFolderIsALoadBalancer() throws Exception {
        new PluginJar("good").buildIn(folder);
        section("good", "{\"greeting\": \"hello\", \"size\": 3}");
        LoadedPlugins loaded = load();
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.configProblems()).isEmpty();
        LoadBalancer loadBalancer = loaded.loadBalancers().getFirst().open(new Context(folder));
        assertThat(loadBalancer.apply(SNAPSHOT)).isInstanceOf(Unchanged.class);
        loadBalancer.close();
    }

    @Test
    void aPluginSeesItsOwnSection() throws Exception {
        new PluginJar("good")
                .create("throw new LoadBalancerUnavailableException(config.toString());")
                .buildIn(folder);
        section("good", "{\"greeting\": \"hello\", \"size\": 3, \"enabled\": true}");
        PluggedLoadBalancer plugged = load().loadBalancers().getFirst();
        assertThatThrownBy(() -> plugged.open(new Context(folder)))
                .isInstanceOf(LoadBalancerUnavailableException.class)
                .hasMessage("Config[greeting=hello, size=3, path=Optional.empty]");
    }

    @Test
    void aPluginCannotSeeTheHost() throws Exception {
        new PluginJar("nosy")
                .create(seeing("io.interlock.app.plugin.PluginHost"))
                .buildIn(folder);
        new PluginJar("thief")
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
        new PluginJar("good")
                .create("if (Thread.currentThread().getContextClassLoader() != Factory.class.getClassLoader())"
                        + " throw new IllegalStateException(\"wrong class loader\"); return new Balancer();")
                .buildIn(folder);
        PluggedLoadBalancer plugged = load().loadBalancers().getFirst();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        plugged.open(new Context(folder)).close();
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void aPluginForAnotherApiIsNamedAndTheOthersWork() throws IOException {
        new PluginJar("good").buildIn(folder);
        new PluginJar("future").requires(">=3.0.0").buildIn(folder);
        LoadedPlugins loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(PluggedLoadBalancer::pluginId)
                .containsExactly("good");
        assertThat(loaded.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("future");
            assertThat(problem.reason()).contains(">=3.0.0", API);
        });
    }

    @Test
    void aJarWithoutItsIndexIsNamedAndTheOthersWork() throws IOException {
        new PluginJar("good").buildIn(folder);
        new PluginJar("bare").withoutIndex().buildIn(folder);
        LoadedPlugins loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(PluggedLoadBalancer::pluginId)
                .containsExactly("good");
        assertThat(loaded.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("extensions.idx", "bare.jar"));
    }

    @Test
    void aFileThatIsNoJarIsNamedAndTheOthersWork() throws IOException {
        new PluginJar("good").buildIn(folder);
        Files.writeString(folder.resolve("broken.jar"), "no zip");
        LoadedPlugins loaded = load();
        assertThat(loaded.loadBalancers())
                .extracting(PluggedLoadBalancer::pluginId)
                .containsExactly("good");
        assertThat(loaded.problems()).extracting(PluginProblem::plugin).containsExactly("broken.jar");
    }

    @Test
    void aMissingFolderIsAProblemThatNamesIt() {
        PluginHost none = new PluginHost(folder.resolve("none"), API, Map.of());
        assertThat(none.load().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.plugin()).endsWith("none"));
    }

    @Test
    void aPluginThatIsSwitchedOffIsNotUsed() throws Exception {
        new PluginJar("good").buildIn(folder);
        section("good", "{\"enabled\": false, \"nonsense\": 1}");
        LoadedPlugins loaded = load();
        assertThat(loaded.loadBalancers()).isEmpty();
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.configProblems()).isEmpty();
    }

    @Test
    void anUnknownKeyInASectionIsAProblemWithItsPath() throws Exception {
        new PluginJar("good").buildIn(folder);
        section("good", "{\"greting\": \"hello\"}");
        assertThat(load().configProblems()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).containsExactly("greting");
            assertThat(problem.expected()).contains("greeting");
        });
    }

    @Test
    void aWrongTypeInASectionIsAProblemWithItsPath() throws Exception {
        new PluginJar("good").buildIn(folder);
        section("good", "{\"size\": \"three\"}");
        assertThat(load().configProblems())
                .containsExactly(new SectionProblem(
                        "good", List.of("size"), "a value of type int", "one of type string", Optional.empty()));
    }

    @Test
    void whatAPluginsRecordRefusesIsAProblemWithItsOwnWords() throws Exception {
        new PluginJar("good")
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
        new PluginJar("good").buildIn(folder);
        section("good", "{\"enabled\": \"no\"}");
        assertThat(load().configProblems())
                .extracting(problem -> problem.path().getFirst())
                .containsExactly("enabled");
    }

    @Test
    void aSectionForAPluginThatIsNotThereIsAProblem() throws Exception {
        new PluginJar("good").buildIn(folder);
        section("god", "{}");
        assertThat(load().configProblems()).singleElement().satisfies(problem -> {
            assertThat(problem.pluginId()).isEqualTo("god");
            assertThat(problem.expected()).contains("good");
        });
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

    private ApplyResult applying(String body) throws Exception {
        close();
        Path jars = Files.createTempDirectory(folder, "jars");
        new PluginJar("bad").apply(body).buildIn(jars);
        PluginHost loading = new PluginHost(jars, API, Map.of());
        host = Optional.of(loading);
        return loading.load()
                .loadBalancers()
                .getFirst()
                .open(new Context(folder))
                .apply(SNAPSHOT);
    }

    @Test
    void aPluginThatHangsIsInterruptedAtItsDeadline() throws Exception {
        PluginGuard guard = new PluginGuard("slow", getClass().getClassLoader(), Duration.ofMillis(50));
        LoadBalancer hanging = guard.guarded(new LoadBalancer() {
            @Override
            public ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException {
                Thread.currentThread().join();
                throw new IllegalStateException("not reached");
            }

            @Override
            public void close() {}
        });
        assertThat(hanging.apply(SNAPSHOT))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).contains("slow", "did not answer"));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptOfTheHostIsPassedOn() {
        PluginGuard guard = new PluginGuard("good", getClass().getClassLoader(), Duration.ofMinutes(1));
        Callable<LoadBalancer> interrupted = () -> {
            throw new InterruptedException("by the host");
        };
        assertThatThrownBy(() -> guard.open(interrupted)).isInstanceOf(InterruptedException.class);
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
