package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.topology.TopologySnapshot;
import java.time.Instant;
import java.util.List;

/**
 * Status of a running Interlock at one moment.
 *
 * @param at when the status was assembled
 * @param version Interlock's version
 * @param startedAt when Interlock was started
 * @param ready whether Interlock serves: every load balancer has applied a topology, and at least one engine has
 *     answered
 * @param topology the latest topology given to load balancers; revision 0 and empty before the first
 * @param engines the engines, by id
 * @param containers all running containers, by engine, then name
 * @param plugins the plugins, by id
 * @param loadBalancers the load balancers, by plugin id
 * @param sinks the sinks, by plugin id
 * @param problems what prevents something from being served as requested, worst first; without choices and without
 *     containers that do not ask to be served
 * @param events the latest events, oldest first, at most some hundreds
 * @param process Interlock's own process
 * @param tls status of HTTPS
 * @param owners the owners of host names, by name
 * @param accessLog the destinations of the log of requests; empty: requests are not logged by Interlock
 */
@Experimental
public record InterlockStatus(
        Instant at,
        String version,
        Instant startedAt,
        boolean ready,
        TopologySnapshot topology,
        List<EngineStatus> engines,
        List<ContainerStatus> containers,
        List<PluginStatus> plugins,
        List<LoadBalancerStatus> loadBalancers,
        List<SinkStatus> sinks,
        List<Problem> problems,
        List<InterlockEvent> events,
        ProcessStatus process,
        TlsStatus tls,
        List<OwnerStatus> owners,
        List<AccessLogStatus> accessLog) {
    public InterlockStatus {
        engines = List.copyOf(engines);
        containers = List.copyOf(containers);
        plugins = List.copyOf(plugins);
        loadBalancers = List.copyOf(loadBalancers);
        sinks = List.copyOf(sinks);
        problems = List.copyOf(problems);
        events = List.copyOf(events);
        owners = List.copyOf(owners);
        accessLog = List.copyOf(accessLog);
    }

    /** Creates a status without a log of requests. */
    public InterlockStatus(
            Instant at,
            String version,
            Instant startedAt,
            boolean ready,
            TopologySnapshot topology,
            List<EngineStatus> engines,
            List<ContainerStatus> containers,
            List<PluginStatus> plugins,
            List<LoadBalancerStatus> loadBalancers,
            List<SinkStatus> sinks,
            List<Problem> problems,
            List<InterlockEvent> events,
            ProcessStatus process,
            TlsStatus tls,
            List<OwnerStatus> owners) {
        this(
                at,
                version,
                startedAt,
                ready,
                topology,
                engines,
                containers,
                plugins,
                loadBalancers,
                sinks,
                problems,
                events,
                process,
                tls,
                owners,
                List.of());
    }

    /** Creates a status without owners. */
    public InterlockStatus(
            Instant at,
            String version,
            Instant startedAt,
            boolean ready,
            TopologySnapshot topology,
            List<EngineStatus> engines,
            List<ContainerStatus> containers,
            List<PluginStatus> plugins,
            List<LoadBalancerStatus> loadBalancers,
            List<SinkStatus> sinks,
            List<Problem> problems,
            List<InterlockEvent> events,
            ProcessStatus process,
            TlsStatus tls) {
        this(
                at,
                version,
                startedAt,
                ready,
                topology,
                engines,
                containers,
                plugins,
                loadBalancers,
                sinks,
                problems,
                events,
                process,
                tls,
                List.of());
    }

    /** Creates a status without HTTPS. */
    public InterlockStatus(
            Instant at,
            String version,
            Instant startedAt,
            boolean ready,
            TopologySnapshot topology,
            List<EngineStatus> engines,
            List<ContainerStatus> containers,
            List<PluginStatus> plugins,
            List<LoadBalancerStatus> loadBalancers,
            List<SinkStatus> sinks,
            List<Problem> problems,
            List<InterlockEvent> events,
            ProcessStatus process) {
        this(
                at,
                version,
                startedAt,
                ready,
                topology,
                engines,
                containers,
                plugins,
                loadBalancers,
                sinks,
                problems,
                events,
                process,
                TlsStatus.NONE);
    }
}
