package io.interlock.stats.metrics;

import io.interlock.api.status.CertificateStatus;
import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.InterlockStatus;
import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.OwnerStatus;
import io.interlock.api.status.PluginStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.ProcessStatus;
import io.interlock.api.status.SinkStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Metrics of Interlock itself. */
final class InterlockMetrics {

    private static final double MILLIS = 1e3;
    private static final int MOST_OWNERS = 100;
    private static final double SECONDS_OF_A_DAY = 86_400;

    private final MetricFamilies families;

    InterlockMetrics(MetricFamilies families) {
        this.families = families;
    }

    void add(InterlockStatus host) {
        ProcessStatus process = host.process();
        families.gauge(
                "interlock_build_info",
                "Interlock's version, and the Java that runs it.",
                1,
                "version",
                host.version(),
                "java",
                process.javaVersion());
        families.gauge("interlock_ready", "Whether every load balancer serves and an engine is known.", host.ready());
        families.gauge(
                "interlock_topology_revision",
                "The latest topology that load balancers were asked to serve.",
                host.topology().revision());
        families.gauge(
                "interlock_virtual_hosts",
                "Virtual hosts of the latest topology.",
                host.topology().topology().virtualHosts().size());
        host.engines().forEach(this::engine);
        containers(host);
        host.loadBalancers().forEach(this::loadBalancer);
        host.plugins().forEach(this::plugin);
        host.sinks().forEach(this::sink);
        host.tls().certificates().forEach(certificate -> certificate(certificate, host.at()));
        host.tls().issuances().forEach(this::issuance);
        problems(host);
        refusals(host.owners());
        process(host);
    }

    private void engine(EngineStatus engine) {
        String id = engine.id();
        families.gauge(
                "interlock_engine_up",
                "Whether the engine's events arrive.",
                engine.state() == EngineStatus.State.CONNECTED,
                "engine",
                id);
        families.gauge(
                "interlock_engine_containers",
                "Containers that the engine runs, as last known.",
                engine.containers(),
                "engine",
                id);
        EngineStatus.Intake intake = engine.intake();
        families.counter("interlock_engine_events", "Events received.", intake.events(), "engine", id);
        String inspects = "Inspects, because of events and for other reasons.";
        families.counter("interlock_engine_inspects", inspects, intake.eventInspects(), "engine", id, "cause", "event");
        families.counter("interlock_engine_inspects", inspects, intake.otherInspects(), "engine", id, "cause", "other");
        families.counter("interlock_engine_resyncs", "Lists of all containers.", intake.resyncs(), "engine", id);
        families.counter("interlock_engine_connects", "Connections made.", intake.connects(), "engine", id);
    }

    /** Reasons are from a fixed small set, so this has few series, independent of the number of containers. */
    private void containers(InterlockStatus host) {
        Map<ContainerStatus.Outcome, Map<String, Long>> counts = host.containers().stream()
                .collect(Collectors.groupingBy(
                        ContainerStatus::outcome,
                        TreeMap::new,
                        Collectors.groupingBy(ContainerStatus::reason, TreeMap::new, Collectors.counting())));
        counts.forEach((outcome, reasons) -> reasons.forEach((reason, count) -> families.gauge(
                "interlock_containers",
                "Containers by what became of them.",
                count,
                "outcome",
                EnumLabels.of(outcome),
                "reason",
                reason)));
    }

    private void loadBalancer(LoadBalancerStatus loadBalancer) {
        String id = loadBalancer.pluginId();
        families.gauge(
                "interlock_load_balancer_up",
                "Whether the load balancer serves the latest topology or works on it.",
                switch (loadBalancer.state()) {
                    case SERVING, BEHIND -> true;
                    case OPENING, FAILING, UNUSABLE -> false;
                },
                "load_balancer",
                id);
        loadBalancer
                .servedRevision()
                .ifPresent(revision -> families.gauge(
                        "interlock_load_balancer_revision",
                        "The latest topology that the load balancer is proven to serve.",
                        revision,
                        "load_balancer",
                        id));
        families.gauge(
                "interlock_load_balancer_omissions",
                "What the load balancer leaves out of what it serves.",
                loadBalancer.omissions().size(),
                "load_balancer",
                id);
        loadBalancer
                .applies()
                .forEach(tally -> families.times(
                        "interlock_apply_duration_seconds",
                        "Applies by what came of them.",
                        tally.count(),
                        tally.total(),
                        "load_balancer",
                        id,
                        "outcome",
                        EnumLabels.of(tally.outcome())));
        loadBalancer
                .reloads()
                .forEach(tally -> families.counter(
                        "interlock_reloads",
                        "Reloads of the proxy by cause.",
                        tally.count(),
                        "load_balancer",
                        id,
                        "cause",
                        EnumLabels.of(tally.cause())));
    }

    private void plugin(PluginStatus plugin) {
        families.gauge(
                "interlock_plugin_up",
                "Whether the plugin is in use, and its last call did not fail.",
                plugin.state() == PluginStatus.State.RUNNING,
                "plugin",
                plugin.id());
    }

    private void sink(SinkStatus sink) {
        String help = "Snapshots by what a statistics sink did with them.";
        String name = "interlock_sink_snapshots";
        families.counter(name, help, sink.accepted(), "plugin", sink.pluginId(), "result", "accepted");
        families.counter(name, help, sink.skipped(), "plugin", sink.pluginId(), "result", "skipped");
        families.counter(name, help, sink.failed(), "plugin", sink.pluginId(), "result", "failed");
    }

    private void certificate(CertificateStatus certificate, Instant now) {
        String id = certificate.id();
        certificate.notAfter().ifPresent(end -> {
            families.gauge(
                    "interlock_certificate_not_after_timestamp_seconds",
                    "When the certificate that is shown ends to be valid.",
                    end.getEpochSecond(),
                    "certificate",
                    id);
            families.gauge(
                    "interlock_certificate_days_left",
                    "For how many days the certificate that is shown is still valid.",
                    MetricFamilies.seconds(Duration.between(now, end)) / SECONDS_OF_A_DAY,
                    "certificate",
                    id);
        });
        families.gauge(
                "interlock_certificate_good",
                "Whether what is in the certificate's file can be shown and is.",
                switch (certificate.state()) {
                    case SHOWN, UNUSED -> true;
                    case KEPT, FLAWED, UNUSABLE -> false;
                },
                "certificate",
                id);
    }

    private void issuance(IssuanceStatus issuance) {
        families.gauge(
                "interlock_issuance_failures",
                "Attempts to get a certificate issued that failed since the last that did not.",
                issuance.failures(),
                "host",
                issuance.name().value());
    }

    private void problems(InterlockStatus host) {
        for (Problem.Severity severity : Problem.Severity.values()) {
            families.gauge(
                    "interlock_problems",
                    "What is not as it was asked for.",
                    host.problems().stream()
                            .filter(problem -> problem.severity() == severity)
                            .count(),
                    "severity",
                    EnumLabels.of(severity));
        }
    }

    /** Projects are owners, too, and containers choose their names: the owners with the most refusals have a series each. */
    private void refusals(List<OwnerStatus> owners) {
        List<OwnerStatus> most = owners.stream()
                .sorted(Comparator.comparing(OwnerStatus::refusals).reversed().thenComparing(OwnerStatus::owner))
                .toList();
        String help = "Claims of containers to which their owner has no right.";
        most.stream()
                .limit(MOST_OWNERS)
                .forEach(owner ->
                        families.counter("interlock_refused_claims", help, owner.refusals(), "owner", owner.owner()));
        if (most.size() > MOST_OWNERS) {
            long others = most.stream()
                    .skip(MOST_OWNERS)
                    .mapToLong(OwnerStatus::refusals)
                    .sum();
            families.counter("interlock_refused_claims", help, others, "owner", "others together");
        }
    }

    private void process(InterlockStatus host) {
        ProcessStatus process = host.process();
        families.gauge(
                "process_start_time_seconds",
                "Start time of the process since unix epoch in seconds.",
                host.startedAt().toEpochMilli() / MILLIS);
        families.counter(
                "process_cpu_seconds",
                "Total user and system CPU time spent in seconds.",
                MetricFamilies.seconds(process.cpuTime()));
        String used = "Used bytes of a given JVM memory area.";
        families.gauge("jvm_memory_used_bytes", used, process.heapUsed(), "area", "heap");
        families.gauge("jvm_memory_used_bytes", used, process.nonHeapUsed(), "area", "nonheap");
        families.gauge(
                "jvm_memory_max_bytes", "Max (bytes) of a given JVM memory area.", process.heapMax(), "area", "heap");
        families.gauge("jvm_threads_current", "Current thread count of a JVM.", process.threads());
        families.times(
                "jvm_gc_collection_seconds",
                "Time spent in all JVM garbage collectors in seconds.",
                process.gcCount(),
                process.gcTime());
    }
}
