package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import java.util.List;
import java.util.Optional;

/**
 * Why something is served, or why not.
 *
 * @param question what was asked: a host name, a URL, or a container's name or id
 * @param kind what the question was understood as
 * @param verdict the short answer
 * @param summary the answer in a sentence
 * @param paths the ways that requests take; empty if there is none
 * @param problems what keeps it, or parts of it, from being served, worst first; with notes on what was chosen
 * @param suggestions names that may have been meant, the nearest first
 */
@Experimental
public record Explanation(
        String question,
        Kind kind,
        Verdict verdict,
        String summary,
        List<RequestPath> paths,
        List<Problem> problems,
        List<String> suggestions) {

    /** What a question was understood as. */
    public enum Kind {
        HOST,
        URL,
        CONTAINER
    }

    /** The short answer. */
    public enum Verdict {
        /** Requests reach a server. */
        SERVED,
        /** There is a way, but at its end nobody can take requests now. */
        UNAVAILABLE,
        /** It is known, and not served. */
        NOT_SERVED,
        /** Nothing here has this name. */
        UNKNOWN
    }

    /**
     * A way that requests take.
     *
     * @param listeners where they come in, one for each load balancer
     * @param hostNames all names of the virtual host
     * @param matched the name of them that matches; may be a wildcard
     * @param route the rule that leads on
     * @param backend where it leads
     * @param servers the backend's, with what the load balancers say of them
     */
    public record RequestPath(
            List<Listener> listeners,
            List<HostName> hostNames,
            HostName matched,
            Route route,
            Backend backend,
            List<PathServer> servers) {
        public RequestPath {
            listeners = List.copyOf(listeners);
            hostNames = List.copyOf(hostNames);
            servers = List.copyOf(servers);
        }
    }

    /**
     * Where requests come in.
     *
     * @param loadBalancer the plugin's id
     * @param port the TCP port
     * @param serves whether that load balancer is proven to serve the topology explained here
     */
    public record Listener(String loadBalancer, int port, boolean serves) {}

    /**
     * A server, and how it is.
     *
     * @param server as in the topology
     * @param engineId the engine that runs it
     * @param stale whether that engine cannot be reached at present, so that this is what it ran last
     * @param state how a load balancer sees it; empty if none says
     * @param check what the load balancer's last check found
     */
    public record PathServer(
            Server server,
            String engineId,
            boolean stale,
            Optional<ServerStats.State> state,
            Optional<ServerStats.Check> check) {}

    public Explanation {
        paths = List.copyOf(paths);
        problems = List.copyOf(problems);
        suggestions = List.copyOf(suggestions);
    }
}
