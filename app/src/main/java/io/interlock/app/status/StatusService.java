package io.interlock.app.status;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.status.AccessLogStatus;
import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.EngineStatus.Intake;
import io.interlock.api.status.InterlockEvent.Kind;
import io.interlock.api.status.InterlockStatus;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.PluginStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.SinkStatus;
import io.interlock.api.status.TlsStatus;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.loadbalancer.LoadBalancerObserver;
import io.interlock.app.plugin.PluginReport;
import io.interlock.app.runtime.ProcessStatusCollector;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.util.ChangeSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where everything that is known comes together. Being told costs next to nothing; what happened is found out on a thread
 * of its own, and the status is put together when somebody asks. Safe for all threads.
 */
public final class StatusService implements LoadBalancerObserver, AutoCloseable {

    private final String version;
    private final Clock clock;
    private final Instant startedAt;
    private final Sources sources;
    private final InterlockEventLog events;
    private final RefusalCounter refusals = new RefusalCounter();
    private final ChangeSignal looks = new ChangeSignal();
    private final Thread thread;
    private volatile List<PluginReport> plugins = List.of();
    private volatile List<Problem> configuration = List.of();
    private volatile List<Problem> services = List.of();
    private volatile PipelineView latest = new PipelineView(PipelineSnapshot.NOTHING);
    /** By plugin id; guarded by this. */
    private final Map<String, ApplyHistory> workers = new TreeMap<>();

    /**
     * Where to ask for what nobody tells.
     *
     * @param engineAddresses where each engine is, by id
     * @param intake what watching each engine has cost, by id
     * @param sinks how sinks keep up
     * @param tls how HTTPS is
     * @param dialects what reads the labels for other proxies
     * @param accessLog the destinations of the log of requests
     */
    public record Sources(
            Supplier<Map<String, String>> engineAddresses,
            Supplier<Map<String, Intake>> intake,
            Supplier<List<SinkStatus>> sinks,
            Supplier<TlsStatus> tls,
            Supplier<DialectSet> dialects,
            Supplier<List<AccessLogStatus>> accessLog) {

        /** Without HTTPS, dialects and a log of requests. */
        public Sources(
                Supplier<Map<String, String>> engineAddresses,
                Supplier<Map<String, Intake>> intake,
                Supplier<List<SinkStatus>> sinks) {
            this(engineAddresses, intake, sinks, () -> TlsStatus.NONE, () -> DialectSet.NONE, List::of);
        }
    }

    /** The reconciler's latest look; its containers take long to go through if there are many, so it is done once. */
    private static final class PipelineView {
        private final PipelineSnapshot observed;
        private @Nullable List<ContainerStatus> containers;

        PipelineView(PipelineSnapshot observed) {
            this.observed = observed;
        }

        synchronized List<ContainerStatus> containers() {
            List<ContainerStatus> known = containers;
            if (known == null) {
                known = ContainerStatusMapper.of(observed);
                containers = known;
            }
            return known;
        }
    }

    /**
     * A board that knows nothing yet.
     *
     * @param version Interlock's
     */
    public StatusService(String version, Clock clock, Sources sources) {
        this.version = version;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.sources = sources;
        this.events = new InterlockEventLog(clock);
        this.thread = Thread.ofVirtual().name("status").start(this::run);
    }

    /** Takes what the reconciler has just looked at. */
    public void reconciled(
            InventorySnapshot inventory,
            List<Finding> findings,
            TopologySnapshot desired,
            Map<ClaimedName, OwnerId> holders) {
        latest = new PipelineView(new PipelineSnapshot(inventory, findings, desired, holders));
        looks.raise();
    }

    @Override
    public synchronized void opening(String pluginId, int port) {
        workers.merge(pluginId, ApplyHistory.opening(pluginId, port), (known, opened) -> known.at(port));
    }

    @Override
    public synchronized void ended(String pluginId) {
        workers.remove(pluginId);
    }

    /** Takes what is known of plugins. */
    public void plugins(List<PluginReport> reports) {
        List<PluginReport> before = plugins;
        plugins = List.copyOf(reports);
        events.add(EventDetector.ofPlugins(before, reports));
    }

    /**
     * Takes what came of reading the configuration again.
     *
     * @param problems what is wrong with it now
     * @param text what changed or was refused, for people; empty if nothing happened
     */
    public void configuration(List<Problem> problems, String text) {
        configuration = List.copyOf(problems);
        if (!text.isEmpty()) {
            events.add(List.of(EventDraft.of(Kind.CONFIGURATION, "configuration", text)));
        }
    }

    /** Takes what is wrong with the files of services now. */
    public void services(List<Problem> problems) {
        List<Problem> before = services;
        services = List.copyOf(problems);
        events.add(problems.stream()
                .filter(problem -> !before.contains(problem))
                .map(problem -> EventDraft.of(Kind.PROBLEM, problem.subject(), problem.description()))
                .toList());
        events.add(before.stream()
                .filter(problem -> !problems.contains(problem))
                .map(problem -> EventDraft.of(Kind.PROBLEM_SOLVED, problem.subject(), problem.description()))
                .toList());
    }

    @Override
    public void applied(String pluginId, TopologySnapshot snapshot, ApplyResult result, Duration took) {
        LoadBalancerStatus.Apply apply;
        synchronized (this) {
            ApplyHistory worker = workers.get(pluginId);
            if (worker == null) {
                return;
            }
            ApplyHistory now = worker.applied(clock.instant(), snapshot.revision(), result, took);
            workers.put(pluginId, now);
            apply = now.last().orElseThrow();
        }
        if (apply.outcome() != LoadBalancerStatus.Outcome.UNCHANGED) {
            events.add(List.of(happening(pluginId, apply)));
        }
    }

    private static EventDraft happening(String pluginId, LoadBalancerStatus.Apply apply) {
        String what = "revision " + apply.revision() + ", "
                + apply.outcome().name().toLowerCase(Locale.ROOT) + ", "
                + apply.took().toMillis() + " ms";
        return apply.detail().isEmpty()
                ? EventDraft.of(Kind.APPLIED, pluginId, what)
                : EventDraft.of(Kind.NOT_APPLIED, pluginId, what + ": " + apply.detail());
    }

    /** What happened lately. */
    public InterlockEventLog events() {
        return events;
    }

    /** Everything, as of now. */
    public InterlockStatus status() {
        return status(latest);
    }

    /**
     * Everything that an explanation can draw on, as of now.
     *
     * @param proxies what load balancers' proxies say, by plugin id
     */
    public StatusView view(Map<String, ProxyStats> proxies) {
        PipelineView look = latest;
        return new StatusView(status(look), look.observed, sources.dialects().get(), proxies);
    }

    private InterlockStatus status(PipelineView look) {
        PipelineSnapshot observed = look.observed;
        List<PluginReport> reports = plugins;
        List<SinkStatus> sinks = sources.sinks().get();
        List<EngineStatus> engines = EngineStatusMapper.of(
                observed.inventory(),
                sources.engineAddresses().get(),
                sources.intake().get());
        List<LoadBalancerStatus> loadBalancers =
                loadBalancers(observed.snapshot().revision(), reports);
        TlsStatus tls = sources.tls().get();
        List<AccessLogStatus> accessLog = sources.accessLog().get();
        List<PluginStatus> shown = PluginStatusMapper.of(reports, loadBalancers, sinks);
        return new InterlockStatus(
                clock.instant(),
                version,
                startedAt,
                isReady(engines, loadBalancers),
                observed.snapshot(),
                engines,
                look.containers(),
                shown,
                loadBalancers,
                sinks,
                ProblemCollector.of(
                        engines,
                        shown,
                        loadBalancers,
                        accessLog,
                        observed.findings(),
                        tls.problems(),
                        Stream.concat(configuration.stream(), services.stream()).toList()),
                events.latest(),
                ProcessStatusCollector.now(),
                tls,
                OwnerStatusMapper.of(observed, refusals.counts()),
                accessLog);
    }

    private static boolean isReady(List<EngineStatus> engines, List<LoadBalancerStatus> loadBalancers) {
        return engines.stream()
                        .filter(EngineStatus::runsContainers)
                        .anyMatch(engine -> engine.state() != EngineStatus.State.UNKNOWN)
                && loadBalancers.stream()
                        .anyMatch(status -> status.servedRevision().isPresent())
                && loadBalancers.stream()
                        .filter(status -> status.state() != LoadBalancerStatus.State.UNUSABLE)
                        .allMatch(status -> status.servedRevision().isPresent());
    }

    private synchronized List<LoadBalancerStatus> loadBalancers(long desired, List<PluginReport> reports) {
        return workers.values().stream()
                .map(worker -> worker.status(
                        reports.stream()
                                .filter(report -> report.id().equals(worker.pluginId()))
                                .toList(),
                        desired))
                .toList();
    }

    private void run() {
        EventDetector happenings = new EventDetector();
        List<Finding> before = List.of();
        try {
            while (true) {
                looks.await();
                PipelineSnapshot observed = latest.observed;
                events.add(happenings.detect(observed));
                if (!observed.findings().equals(before)) {
                    refusals.count(before, observed.findings());
                    before = observed.findings();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
