package io.interlock.app.admin;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.stats.TrafficStats;
import io.interlock.api.status.CertificateStatus;
import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.ContainerStatus.Outcome;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.Explanation.RequestPath;
import io.interlock.api.status.InterlockEvent;
import io.interlock.api.status.InterlockStatus;
import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.OwnerStatus;
import io.interlock.api.status.PluginStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.ProcessStatus;
import io.interlock.api.status.SinkStatus;
import io.interlock.app.status.StatusView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers that are not simply a part of the API. */
final class AdminResponses {

    private AdminResponses() {}

    /**
     * Answer to {@code traffic}.
     *
     * @param backends all backends that proxies know
     */
    record Traffic(Instant at, List<BackendTraffic> backends) {

        static Traffic of(StatusView view) {
            Map<String, List<String>> names = new HashMap<>();
            view.status()
                    .topology()
                    .topology()
                    .virtualHosts()
                    .forEach(host -> host.routes()
                            .forEach(route -> names.computeIfAbsent(route.backendName(), any -> new ArrayList<>())
                                    .add(host.hostNames().getFirst().toString())));
            List<BackendTraffic> backends = new ArrayList<>();
            view.proxies()
                    .forEach((id, proxy) -> proxy.backends().stream()
                            .map(backend -> new BackendTraffic(
                                    id,
                                    backend.name(),
                                    names.getOrDefault(backend.name(), List.of()),
                                    proxy.at(),
                                    backend.available(),
                                    backend.traffic()))
                            .forEach(backends::add));
            return new Traffic(view.status().at(), backends);
        }
    }

    /**
     * Counters of a backend.
     *
     * @param hostNames the first name of each virtual host that leads there
     * @param at when the proxy was asked
     */
    record BackendTraffic(
            String loadBalancer,
            String name,
            List<String> hostNames,
            Instant at,
            boolean available,
            TrafficStats traffic) {}

    /**
     * Answer to {@code status}.
     *
     * @param running whether the answer is of a running Interlock, or of a single look at the engines
     * @param https whether HTTPS is served
     * @param containers the number of containers by outcome
     * @param notServed the number of containers that are not served, by reason
     */
    record Status(
            boolean running,
            Instant at,
            String version,
            Instant startedAt,
            boolean ready,
            long revision,
            int virtualHosts,
            int backends,
            List<EngineStatus> engines,
            List<LoadBalancerStatus> loadBalancers,
            List<SinkStatus> sinks,
            boolean https,
            List<CertificateStatus> certificates,
            List<IssuanceStatus> issuances,
            Map<String, Long> containers,
            Map<String, Long> notServed,
            List<Problem> problems,
            ProcessStatus process) {

        static Status of(InterlockStatus status, boolean running) {
            return new Status(
                    running,
                    status.at(),
                    status.version(),
                    status.startedAt(),
                    status.ready(),
                    status.topology().revision(),
                    status.topology().topology().virtualHosts().size(),
                    status.topology().topology().backends().size(),
                    status.engines(),
                    status.loadBalancers(),
                    status.sinks(),
                    status.tls().served(),
                    status.tls().certificates(),
                    status.tls().issuances(),
                    counted(
                            status.containers(),
                            container -> container.outcome().name().toLowerCase(Locale.ROOT)),
                    counted(
                            status.containers().stream()
                                    .filter(container -> container.outcome() != Outcome.NOT_ADDRESSED
                                            && !container.reason().isEmpty())
                                    .toList(),
                            ContainerStatus::reason),
                    status.problems(),
                    status.process());
        }

        private static Map<String, Long> counted(
                List<ContainerStatus> containers, Function<ContainerStatus, String> word) {
            return containers.stream().collect(Collectors.groupingBy(word, TreeMap::new, Collectors.counting()));
        }
    }

    /** Answer to {@code routes}. */
    record Routes(boolean running, long revision, List<RequestPath> routes) {}

    /** Answer to {@code plugins}. */
    record Plugins(boolean running, List<PluginStatus> plugins) {}

    /** Answer to {@code owners}. */
    record Owners(boolean running, List<OwnerStatus> owners) {}

    /** Answer to {@code events}. */
    record Events(List<InterlockEvent> events) {}

    /** Line of {@code logs} in place of requests that came too fast. */
    record MissedRequests(long missed) {}

    /** Answer to {@code render}. */
    record Renderings(boolean running, long revision, Map<String, ConfigPreview> loadBalancers) {}

    /** Answer to {@code log-level}. */
    record LogLevel(String level) {}

    /** Answer to a command that has no other answer. */
    record Refusal(String error) {}
}
