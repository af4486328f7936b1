package io.interlock.stats.json;

import io.interlock.api.stats.ListenerStats;
import io.interlock.api.stats.ProxyProcessStats;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.stats.TrafficStats;
import io.interlock.api.status.CertificateStatus;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.InterlockEvent;
import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.LoadBalancerStatus;
import io.interlock.api.status.PluginStatus;
import io.interlock.api.status.Problem;
import io.interlock.api.status.ProcessStatus;
import io.interlock.api.status.SinkStatus;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.ServerState;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What programs get: a contract, which {@code openapi.yaml} states. Where a document is a record of the API, it is as
 * described there.
 */
public sealed interface StatsDocument {

    /** How Interlock is. */
    record StatusDocument(
            Instant at,
            String version,
            Instant startedAt,
            boolean ready,
            long revision,
            Counts counts,
            List<LoadBalancerStatus> loadBalancers,
            List<SinkStatus> sinks,
            List<CertificateStatus> certificates,
            List<IssuanceStatus> issuances,
            ProcessStatus process)
            implements StatsDocument {}

    /**
     * How many there are.
     *
     * @param containers by outcome
     */
    record Counts(int hosts, int backends, int servers, Map<String, Long> containers, int problems)
            implements StatsDocument {}

    /** Requests for one of these names whose path lies below this one go to this backend. */
    record RouteDocument(List<HostName> hosts, String path, String backend) implements StatsDocument {}

    /**
     * A backend.
     *
     * @param loadBalancers what each load balancer says of it, by plugin id
     */
    record BackendDocument(String name, Map<String, BackendFigures> loadBalancers, List<ServerDocument> servers)
            implements StatsDocument {}

    /** What a load balancer says of a backend. */
    record BackendFigures(boolean available, TrafficStats traffic) implements StatsDocument {}

    /**
     * A server.
     *
     * @param state what load balancers were told to do with it
     * @param stale whether its engine cannot be reached at present
     * @param container the container's name; missing, with image and start, when it has gone a moment ago
     * @param loadBalancers what each load balancer says of it, by plugin id
     */
    record ServerDocument(
            String backend,
            String name,
            String id,
            InetAddress address,
            int port,
            ServerState state,
            String engine,
            boolean stale,
            Optional<String> container,
            Optional<String> image,
            Optional<Instant> startedAt,
            Map<String, ServerStats> loadBalancers)
            implements StatsDocument {}

    /** What a load balancer's proxy says of itself. */
    record ProxyDocument(String loadBalancer, ProxyProcessStats process, List<ListenerStats> listeners)
            implements StatsDocument {}

    /** Everything that the dashboard shows. */
    record Overview(
            StatusDocument status,
            List<RouteDocument> routes,
            List<BackendDocument> backends,
            List<ProxyDocument> proxies,
            List<EngineStatus> engines,
            List<PluginStatus> plugins,
            List<Problem> problems,
            List<InterlockEvent> events)
            implements StatsDocument {}
}
