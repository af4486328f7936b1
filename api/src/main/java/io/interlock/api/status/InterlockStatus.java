package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.topology.TopologySnapshot;
import java.time.Instant;
import java.util.List;

/**
 * Everything about a running Interlock, at one moment.
 *
 * @param at when this was put together
 * @param version Interlock's
 * @param startedAt when Interlock was started
 * @param ready whether it serves: every load balancer has taken a topology, and at least one engine was heard of
 * @param topology the latest that load balancers were asked to serve; revision 0 and empty before the first
 * @param engines by id
 * @param containers all that run, by engine, then name
 * @param plugins by id
 * @param loadBalancers by plugin id
 * @param sinks by plugin id
 * @param problems what keeps something from being served as asked, worst first; neither choices nor containers that never
 *     asked to be served are among them
 * @param events the latest, oldest first, at most some hundreds
 * @param process Interlock's own process
 * @param tls HTTPS
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
        TlsStatus tls) {
    public InterlockStatus {
        engines = List.copyOf(engines);
        containers = List.copyOf(containers);
        plugins = List.copyOf(plugins);
        loadBalancers = List.copyOf(loadBalancers);
        sinks = List.copyOf(sinks);
        problems = List.copyOf(problems);
        events = List.copyOf(events);
    }

    /** One without HTTPS. */
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
