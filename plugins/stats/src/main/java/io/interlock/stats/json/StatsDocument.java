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
import io.interlock.api.status.OwnerStatus;
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
 * Documents for programs: a contract, specified by {@code openapi.yaml}. Records of the API that are part of a document
 * are as described in the API.
 */
public sealed interface StatsDocument {

    /** Status of Interlock. */
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
     * Numbers of objects.
     *
     * @param containers by outcome
     */
    record Counts(int hosts, int backends, int servers, Map<String, Long> containers, int problems)
            implements StatsDocument {}

    /** Route to a backend, for requests for one of these hosts whose path is below this one. */
    record RouteDocument(List<HostName> hosts, String path, String backend) implements StatsDocument {}

    /**
     * Backend with its servers.
     *
     * @param loadBalancers the figures of each load balancer for it, by plugin id
     */
    record BackendDocument(String name, Map<String, BackendFigures> loadBalancers, List<ServerDocument> servers)
            implements StatsDocument {}

    /** Figures of one load balancer for a backend. */
    record BackendFigures(boolean available, TrafficStats traffic) implements StatsDocument {}

    /**
     * Server of a backend.
     *
     * @param state the state that load balancers were asked to set
     * @param stale whether its engine cannot be reached at present
     * @param container the container's name; missing, with image and start, if the container has just ended
     * @param loadBalancers the figures of each load balancer for it, by plugin id
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

    /** Figures of a load balancer's proxy about itself. */
    record ProxyDocument(String loadBalancer, ProxyProcessStats process, List<ListenerStats> listeners)
            implements StatsDocument {}

    /** All data of the dashboard. The long parts are created while they are read. */
    record Overview(
            StatusDocument status,
            Iterable<RouteDocument> routes,
            Iterable<BackendDocument> backends,
            List<ProxyDocument> proxies,
            List<EngineStatus> engines,
            List<PluginStatus> plugins,
            List<Problem> problems,
            List<InterlockEvent> events,
            List<OwnerStatus> owners)
            implements StatsDocument {}
}
