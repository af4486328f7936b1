package io.interlock.api.status;

import io.interlock.api.Experimental;
import io.interlock.api.stats.ServerStats;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Explanation of why something is served, or why not.
 *
 * @param question the question: a host name, a URL, or a container's name or id
 * @param kind how the question was understood
 * @param verdict the short answer
 * @param summary the answer in a sentence
 * @param paths the paths that requests take; empty if there is none
 * @param problems what prevents it, or parts of it, from being served, worst first, and notes on choices
 * @param suggestions similar names, the nearest first
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

    /** How a question was understood. */
    public enum Kind {
        HOST,
        URL,
        CONTAINER
    }

    /** Short answer to a question. */
    public enum Verdict {
        /** Requests reach a server. */
        SERVED,
        /** Requests have a path, but no server can take them now. */
        UNAVAILABLE,
        /** It is known and not served. */
        NOT_SERVED,
        /** Nothing has this name. */
        UNKNOWN
    }

    /**
     * Path that requests take from listeners to servers.
     *
     * @param listeners the listeners, one for each load balancer
     * @param hostNames all names of the virtual host
     * @param matched the matching host name; may be a wildcard
     * @param route the matching route
     * @param backend the backend of the route
     * @param servers the backend's servers, with the state that the load balancers report
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
     * Listener of a load balancer.
     *
     * @param loadBalancer the plugin's id
     * @param port the TCP port
     * @param serves whether that load balancer is proven to serve the topology of this explanation
     */
    public record Listener(String loadBalancer, int port, boolean serves) {}

    /**
     * Server at the end of a path, and its state.
     *
     * @param server the server as in the topology
     * @param engineId the engine that runs it
     * @param stale whether that engine cannot be reached at present, so that the server may be outdated
     * @param state the state that a load balancer reports; empty if none does
     * @param since how long the load balancer has reported this state
     * @param check result of the load balancer's last check
     * @param choice why this address is used, if there were several
     * @param wanted share of the backend's requests in percent that it should get while all servers are as they should be
     * @param seen share of the requests in percent that it got since the load balancer loaded its configuration
     * @param advice what would have to change for it to get requests; empty if it gets some
     */
    public record PathServer(
            Server server,
            String engineId,
            boolean stale,
            Optional<ServerStats.State> state,
            Optional<Duration> since,
            Optional<ServerStats.Check> check,
            Optional<String> choice,
            OptionalInt wanted,
            OptionalInt seen,
            Optional<String> advice) {}

    public Explanation {
        paths = List.copyOf(paths);
        problems = List.copyOf(problems);
        suggestions = List.copyOf(suggestions);
    }
}
