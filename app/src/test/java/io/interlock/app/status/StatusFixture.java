package io.interlock.app.status;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Applied;
import io.interlock.api.loadbalancer.ApplyResult.ApplyMethod;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.stats.BackendStats;
import io.interlock.api.stats.ProxyProcessStats;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.stats.TrafficStats;
import io.interlock.api.status.Explanation;
import io.interlock.api.status.TlsStatus;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.inventory.EngineSnapshot;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.readiness.ProbeTarget;
import io.interlock.app.status.explain.ExplanationBuilder;
import io.interlock.app.topology.ContainerFactsBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A status board with one load balancer, told of containers as the application tells it. */
public final class StatusFixture implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");

    private final DialectSet dialects;
    private final TestPipeline assembler;
    private final Map<String, EngineSnapshot> moreEngines = new HashMap<>();
    private Map<String, ProxyStats> proxies = Map.of();
    private boolean listening = true;
    private long revision;

    public final StatusService status;

    public StatusFixture() {
        this(DialectSet.NONE);
    }

    public StatusFixture(DialectSet dialects) {
        this.dialects = dialects;
        assembler = new TestPipeline(
                new ContainerPolicy(Optional.of(new ContainerPolicy.PortRange(5000, 5999))).with(dialects));
        status = new StatusService(
                "2.0.0",
                Clock.fixed(NOW, ZoneOffset.UTC),
                new StatusService.Sources(
                        () -> Map.of("local", "unix:///var/run/docker.sock", "b", "tcp://10.0.0.2:2376"),
                        Map::of,
                        List::of,
                        () -> TlsStatus.NONE,
                        () -> this.dialects,
                        List::of));
        plugin(PluginReport.State.RUNNING, "");
        status.opening("haproxy", 8080);
    }

    public StatusFixture plugin(PluginReport.State state, String detail) {
        status.plugins(List.of(new PluginReport(
                "haproxy", Optional.of("2.0.0"), Optional.of(">=2.0.0"), Optional.of("haproxy"), state, detail)));
        return this;
    }

    public StatusFixture engine(String id, EngineSnapshot.Connection connection) {
        moreEngines.put(id, new EngineSnapshot(id, connection, new NetworkLocation.OnHost(), Map.of()));
        return this;
    }

    public StatusFixture nothingListens() {
        listening = false;
        return this;
    }

    /** These run now; the load balancer serves them. */
    public StatusFixture runs(ContainerFactsBuilder... containers) {
        return runs(new NetworkLocation.OnHost(), containers);
    }

    public StatusFixture runs(NetworkLocation networkLocation, ContainerFactsBuilder... containers) {
        return applies(
                look(networkLocation, containers), new Applied(ApplyMethod.RUNTIME, Duration.ofMillis(3), List.of()));
    }

    /** These run now; nothing has come of it yet. */
    public TopologySnapshot look(NetworkLocation networkLocation, ContainerFactsBuilder... containers) {
        InventorySnapshot known = ContainerFactsBuilder.inventory(networkLocation, containers);
        Map<String, EngineSnapshot> engines = new HashMap<>(moreEngines);
        engines.putAll(known.engines());
        InventorySnapshot inventory = new InventorySnapshot(engines);
        PipelineResult assembly = assembler.assemble(
                inventory, contact -> listening && contact.condition() == ProbeTarget.Condition.LISTENS);
        TopologySnapshot desired = new TopologySnapshot(++revision, assembly.topology());
        status.reconciled(inventory, assembly.findings(), desired, assembly.holders());
        return desired;
    }

    public StatusFixture applies(TopologySnapshot desired, ApplyResult result) {
        status.applied("haproxy", desired, result, Duration.ofMillis(3));
        return this;
    }

    public StatusFixture leavesOut(Omission omission, ContainerFactsBuilder... containers) {
        return applies(
                look(new NetworkLocation.OnHost(), containers),
                new Applied(ApplyMethod.RELOAD, Duration.ofMillis(90), List.of(omission)));
    }

    /** The proxy says this of a server. */
    public StatusFixture proxySays(String backend, String server, ServerStats.State state, String check) {
        ServerStats stats = new ServerStats(
                server,
                state,
                Optional.of(new ServerStats.Check(
                        check, OptionalInt.empty(), Optional.empty(), Optional.of("Connection refused"))),
                Optional.of(Duration.ofSeconds(7)),
                Optional.empty(),
                OptionalInt.of(1),
                TrafficStats.UNKNOWN);
        ProxyProcessStats process = new ProxyProcessStats(
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
        proxies = Map.of(
                "haproxy",
                new ProxyStats(
                        NOW,
                        process,
                        List.of(),
                        List.of(new BackendStats(backend, false, TrafficStats.UNKNOWN, List.of(stats))),
                        Map.of()));
        return this;
    }

    /** Everything that an explanation can draw on. */
    public StatusView view() {
        return status.view(proxies);
    }

    public Explanation explain(String question) {
        return ExplanationBuilder.explain(question, view());
    }

    @Override
    public void close() {
        status.close();
    }
}
