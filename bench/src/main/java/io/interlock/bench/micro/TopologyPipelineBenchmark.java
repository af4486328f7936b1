package io.interlock.bench.micro;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.Topology;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.Inventory;
import io.interlock.app.pipeline.CertificateSelector;
import io.interlock.app.pipeline.Pipeline;
import io.interlock.app.readiness.ReadinessProbes;
import io.interlock.haproxy.HaproxyFactory;
import io.interlock.haproxy.model.AuthServers;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.plan.ApplyPlan;
import io.interlock.haproxy.plan.ApplyPlanner;
import io.interlock.haproxy.plan.ProxyState;
import io.interlock.haproxy.plan.RunState;
import io.interlock.haproxy.render.ConfigRenderer;
import io.interlock.haproxy.render.ConfigTemplate;
import io.interlock.haproxy.render.DesiredConfigFactory;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.render.TemplateException;
import io.interlock.haproxy.render.directive.ErrorPages;
import io.interlock.haproxy.render.directive.HeaderSpace;
import io.interlock.haproxy.render.directive.RenderSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Measures the decisions between an event and the first command to HAProxy, each step separately. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TopologyPipelineBenchmark {

    private static final Path FOLDER = Path.of("/tmp/bench");

    /** The number of running containers, each with its own host. */
    @Param({"100"})
    public int containers;

    private final ConfigTemplate template;
    private final DesiredConfigFactory factory = new DesiredConfigFactory(settings());
    private final Pipeline kept = pipeline();
    private Inventory inventory = BenchmarkInventories.of(0);
    private Topology[] topologies = new Topology[0];
    private DesiredConfig[] desired = new DesiredConfig[0];
    private ProxyState[] served = new ProxyState[0];
    private int turn;

    public TopologyPipelineBenchmark() {
        try {
            template = template();
        } catch (IOException | TemplateException e) {
            throw new IllegalStateException("the plugin's own template is broken", e);
        }
    }

    /** Prepares two states that differ in one container and are used in turns. */
    @Setup
    public void prepare() throws TemplateException {
        inventory = BenchmarkInventories.of(containers);
        topologies = new Topology[] {assembleOneChange(), assembleOneChange()};
        desired = new DesiredConfig[] {factory.of(topologies[0], template), factory.of(topologies[1], template)};
        served = new ProxyState[] {loaded(desired[0]), loaded(desired[1])};
    }

    private static ProxyState loaded(DesiredConfig desired) {
        return ProxyState.loaded(desired, List.of());
    }

    private static Pipeline pipeline() {
        return new Pipeline(() -> ContainerPolicy.DEFAULT, ReadinessProbes.NONE, CertificateSelector.none());
    }

    /** Measures assembly after a change of one container. */
    @Benchmark
    public Topology assembleAfterOneChange() {
        return assembleOneChange();
    }

    /** Uses one assembler, as the application does: unchanged parts are the same objects. */
    private Topology assembleOneChange() {
        inventory.put(BenchmarkInventories.first((turn++ & 1) == 1));
        return kept.run(inventory.snapshot()).topology();
    }

    /** Measures assembly of entirely new facts. */
    @Benchmark
    public Topology assembleEverything() {
        return pipeline().run(inventory.snapshot()).topology();
    }

    /**
     * Measures assembly and planning after a change of one container, with the desired configuration derived from the
     * topology.
     */
    @Benchmark
    public ApplyPlan planAfterOneChange() throws TemplateException {
        int now = turn++ & 1;
        DesiredConfig next = factory.of(topologies[now], template);
        return ApplyPlanner.plan(new RunState.Known(served[1 - now]), next);
    }

    /** Measures rendering of the whole configuration and the maps. */
    @Benchmark
    public RenderedConfig renderEverything() throws TemplateException {
        return new ConfigRenderer(settings()).render(desired[0], template);
    }

    private static RenderSettings settings() {
        ProxySettings proxy = new ProxySettings(
                8080,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                2048,
                Optional.empty(),
                FOLDER.resolve("haproxy.cfg"),
                FOLDER.resolve("haproxy.pid"),
                Optional.empty());
        return new RenderSettings(
                proxy,
                new HaproxyVersion(2, 6),
                new HaproxyPaths(FOLDER),
                List.of(":::8080 v4v6"),
                1,
                Duration.ofMillis(200),
                0,
                Duration.ZERO,
                Duration.ofMinutes(1),
                Optional.empty(),
                ErrorPages.NONE,
                List.of(),
                RenderSettings.usualConnectionsPerClient(proxy),
                HeaderSpace.USUAL_HEAD,
                RenderSettings.USUAL_CLIENT_PREFIX,
                AuthServers.NONE);
    }

    private static ConfigTemplate template() throws IOException, TemplateException {
        String name = "haproxy.cfg.mustache";
        try (InputStream in = Objects.requireNonNull(HaproxyFactory.class.getResourceAsStream(name), name)) {
            return ConfigTemplate.compile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
