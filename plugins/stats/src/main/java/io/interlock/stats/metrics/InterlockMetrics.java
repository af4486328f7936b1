package io.interlock.stats.metrics;

import static io.interlock.stats.metrics.MetricFamily.counter;
import static io.interlock.stats.metrics.MetricFamily.counters;
import static io.interlock.stats.metrics.MetricFamily.flag;
import static io.interlock.stats.metrics.MetricFamily.gauge;
import static io.interlock.stats.metrics.MetricFamily.gauges;
import static io.interlock.stats.metrics.MetricFamily.seconds;
import static io.interlock.stats.metrics.MetricFamily.summaries;

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
import io.interlock.stats.metrics.MetricFamily.SampleCollector;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Metrics of Interlock itself. */
final class InterlockMetrics {

    private static final double MILLIS = 1e3;
    private static final int MOST_OWNERS = 100;
    private static final double SECONDS_OF_A_DAY = 86_400;

    private static final List<MetricFamily<InterlockStatus>> HOST = List.of(
            gauge(
                    "interlock_ready",
                    "Whether every load balancer serves and an engine is known.",
                    host -> flag(host.ready())),
            gauge(
                    "interlock_topology_revision",
                    "The latest topology that load balancers were asked to serve.",
                    host -> host.topology().revision()),
            gauge(
                    "interlock_virtual_hosts",
                    "Virtual hosts of the latest topology.",
                    host -> host.topology().topology().virtualHosts().size()));

    private static final List<MetricFamily<EngineStatus>> ENGINE = List.of(
            gauge(
                    "interlock_engine_up",
                    "Whether the engine's events arrive.",
                    engine -> flag(engine.state() == EngineStatus.State.CONNECTED)),
            gauge(
                    "interlock_engine_containers",
                    "Containers that the engine runs, as last known.",
                    EngineStatus::containers),
            counter(
                    "interlock_engine_events",
                    "Events received.",
                    engine -> engine.intake().events()),
            counters(
                    "interlock_engine_inspects",
                    "Inspects, because of events and for other reasons.",
                    (engine, out) -> {
                        out.add("cause", "event", engine.intake().eventInspects());
                        out.add("cause", "other", engine.intake().otherInspects());
                    }),
            counter(
                    "interlock_engine_resyncs",
                    "Lists of all containers.",
                    engine -> engine.intake().resyncs()),
            counter(
                    "interlock_engine_connects",
                    "Connections made.",
                    engine -> engine.intake().connects()));

    private static final List<MetricFamily<ContainerCount>> CONTAINERS =
            List.of(gauge("interlock_containers", "Containers by what became of them.", ContainerCount::count));

    private static final List<MetricFamily<RefusalCount>> OWNER = List.of(counter(
            "interlock_refused_claims",
            "Claims of containers to which their owner has no right.",
            RefusalCount::count));

    private static final List<MetricFamily<LoadBalancerStatus>> LOAD_BALANCER = List.of(
            gauge(
                    "interlock_load_balancer_up",
                    "Whether the load balancer serves the latest topology or works on it.",
                    loadBalancer -> flag(
                            switch (loadBalancer.state()) {
                                case SERVING, BEHIND -> true;
                                case OPENING, FAILING, UNUSABLE -> false;
                            })),
            gauges(
                    "interlock_load_balancer_revision",
                    "The latest topology that the load balancer is proven to serve.",
                    (loadBalancer, out) -> out.add(loadBalancer.servedRevision())),
            gauge(
                    "interlock_load_balancer_omissions",
                    "What the load balancer leaves out of what it serves.",
                    loadBalancer -> loadBalancer.omissions().size()),
            summaries(
                    "interlock_apply_duration_seconds",
                    "Applies by what came of them.",
                    (loadBalancer, out) -> loadBalancer
                            .applies()
                            .forEach(tally ->
                                    out.add("outcome", EnumLabels.of(tally.outcome()), tally.count(), tally.total()))),
            counters(
                    "interlock_reloads",
                    "Reloads of the proxy by cause.",
                    (loadBalancer, out) -> loadBalancer
                            .reloads()
                            .forEach(tally -> out.add("cause", EnumLabels.of(tally.cause()), tally.count()))));

    private static final List<MetricFamily<PluginStatus>> PLUGIN = List.of(gauge(
            "interlock_plugin_up",
            "Whether the plugin is in use, and its last call did not fail.",
            plugin -> flag(plugin.state() == PluginStatus.State.RUNNING)));

    private static final List<MetricFamily<SinkStatus>> SINK = List.of(
            counters("interlock_sink_snapshots", "Snapshots by what a statistics sink did with them.", (sink, out) -> {
                out.add("result", "accepted", sink.accepted());
                out.add("result", "skipped", sink.skipped());
                out.add("result", "failed", sink.failed());
            }));

    private static final List<MetricFamily<IssuanceStatus>> ISSUANCE = List.of(gauge(
            "interlock_issuance_failures",
            "Attempts to get a certificate issued that failed since the last that did not.",
            IssuanceStatus::failures));

    private static final List<MetricFamily<InterlockStatus>> PROBLEMS =
            List.of(gauges("interlock_problems", "What is not as it was asked for.", InterlockMetrics::problems));

    private static final List<MetricFamily<InterlockStatus>> PROCESS = List.of(
            gauge(
                    "process_start_time_seconds",
                    "Start time of the process since unix epoch in seconds.",
                    host -> host.startedAt().toEpochMilli() / MILLIS),
            process(counter(
                    "process_cpu_seconds",
                    "Total user and system CPU time spent in seconds.",
                    process -> seconds(process.cpuTime()))),
            process(gauges("jvm_memory_used_bytes", "Used bytes of a given JVM memory area.", (process, out) -> {
                out.add("area", "heap", process.heapUsed());
                out.add("area", "nonheap", process.nonHeapUsed());
            })),
            process(gauges(
                    "jvm_memory_max_bytes",
                    "Max (bytes) of a given JVM memory area.",
                    (process, out) -> out.add("area", "heap", process.heapMax()))),
            process(gauge("jvm_threads_current", "Current thread count of a JVM.", ProcessStatus::threads)),
            process(summaries(
                    "jvm_gc_collection_seconds",
                    "Time spent in all JVM garbage collectors in seconds.",
                    (process, out) -> out.add(process.gcCount(), process.gcTime()))));

    private InterlockMetrics() {}

    record RefusalCount(String owner, long count) {}

    private record ContainerCount(String outcome, String reason, long count) {}

    static void write(InterlockStatus host, MetricsTextWriter out) throws IOException {
        info(host, out);
        out.write(host, HOST);
        write(host.engines(), "engine", EngineStatus::id, ENGINE, out);
        out.write(
                containers(host)::stream,
                count -> MetricsTextWriter.labels("outcome", count.outcome(), "reason", count.reason()),
                CONTAINERS);
        write(host.loadBalancers(), "load_balancer", LoadBalancerStatus::pluginId, LOAD_BALANCER, out);
        write(host.plugins(), "plugin", PluginStatus::id, PLUGIN, out);
        write(host.sinks(), "plugin", SinkStatus::pluginId, SINK, out);
        AccessLogMetrics.write(host.accessLog(), out);
        write(host.tls().certificates(), "certificate", CertificateStatus::id, certificates(host), out);
        write(host.tls().issuances(), "host", issuance -> issuance.name().value(), ISSUANCE, out);
        write(refusals(host.owners()), "owner", RefusalCount::owner, OWNER, out);
        out.write(host, PROBLEMS);
        out.write(host, PROCESS);
    }

    private static <T> void write(
            List<T> objects,
            String label,
            Function<T, String> name,
            List<MetricFamily<T>> families,
            MetricsTextWriter out)
            throws IOException {
        out.write(objects::stream, object -> MetricsTextWriter.labels(label, name.apply(object)), families);
    }

    private static void info(InterlockStatus host, MetricsTextWriter out) throws IOException {
        out.write(
                () -> Stream.of(host),
                any -> MetricsTextWriter.labels("java", host.process().javaVersion(), "version", host.version()),
                List.of(gauge("interlock_build_info", "Interlock's version, and the Java that runs it.", any -> 1)));
    }

    /** Reasons are from a fixed small set, so this has few series, independent of the number of containers. */
    private static List<ContainerCount> containers(InterlockStatus host) {
        Map<ContainerStatus.Outcome, Map<String, Long>> counts = host.containers().stream()
                .collect(Collectors.groupingBy(
                        ContainerStatus::outcome,
                        TreeMap::new,
                        Collectors.groupingBy(ContainerStatus::reason, TreeMap::new, Collectors.counting())));
        return counts.entrySet().stream()
                .flatMap(outcome -> outcome.getValue().entrySet().stream()
                        .map(reason -> new ContainerCount(
                                EnumLabels.of(outcome.getKey()), reason.getKey(), reason.getValue())))
                .toList();
    }

    private static List<MetricFamily<CertificateStatus>> certificates(InterlockStatus host) {
        return List.of(
                gauges(
                        "interlock_certificate_not_after_timestamp_seconds",
                        "When the certificate that is shown ends to be valid.",
                        (certificate, out) -> certificate.notAfter().ifPresent(end -> out.add(end.getEpochSecond()))),
                gauges(
                        "interlock_certificate_days_left",
                        "For how many days the certificate that is shown is still valid.",
                        (certificate, out) -> certificate
                                .notAfter()
                                .ifPresent(
                                        end -> out.add(seconds(Duration.between(host.at(), end)) / SECONDS_OF_A_DAY))),
                gauge(
                        "interlock_certificate_good",
                        "Whether what is in the certificate's file can be shown and is.",
                        certificate -> flag(
                                switch (certificate.state()) {
                                    case SHOWN, UNUSED -> true;
                                    case KEPT, FLAWED, UNUSABLE -> false;
                                })));
    }

    /** Projects are owners, too, and containers choose their names: only those with the most refusals have a series. */
    static List<RefusalCount> refusals(List<OwnerStatus> owners) {
        List<OwnerStatus> most = owners.stream()
                .sorted(Comparator.comparingLong(OwnerStatus::refusals)
                        .reversed()
                        .thenComparing(OwnerStatus::owner))
                .toList();
        Stream<RefusalCount> single =
                most.stream().limit(MOST_OWNERS).map(owner -> new RefusalCount(owner.owner(), owner.refusals()));
        Stream<RefusalCount> others = most.size() <= MOST_OWNERS
                ? Stream.of()
                : Stream.of(new RefusalCount(
                        "others together",
                        most.stream()
                                .skip(MOST_OWNERS)
                                .mapToLong(OwnerStatus::refusals)
                                .sum()));
        return Stream.concat(single, others).toList();
    }

    private static void problems(InterlockStatus host, SampleCollector out) {
        Map<Problem.Severity, Long> counts =
                host.problems().stream().collect(Collectors.groupingBy(Problem::severity, Collectors.counting()));
        for (Problem.Severity severity : Problem.Severity.values()) {
            out.add("severity", EnumLabels.of(severity), counts.getOrDefault(severity, 0L));
        }
    }

    private static MetricFamily<InterlockStatus> process(MetricFamily<ProcessStatus> family) {
        return family.of(InterlockStatus::process);
    }
}
