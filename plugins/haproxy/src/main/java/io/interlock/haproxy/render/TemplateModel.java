package io.interlock.haproxy.render;

import io.interlock.haproxy.model.RequestRefusal;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.render.directive.ErrorPages;
import io.interlock.haproxy.render.directive.ServerParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Model of the template: each component is a variable or a section with its name. This is a contract with operators who
 * write templates; docs/haproxy.md describes it.
 *
 * @param binds arguments of {@code bind}; to be written with three braces
 * @param maxConnections maximum number of simultaneous client connections of a listener
 * @param processConnections maximum number of simultaneous client connections of the process, with those that ask
 *     whether it runs
 * @param threads of each worker
 * @param connectTimeout milliseconds
 * @param connectTryTimeout milliseconds; at most {@code connectTimeout}
 * @param retries how often HAProxy retries a request that could not be delivered
 * @param serverTimeout milliseconds
 * @param clientTimeout milliseconds
 * @param syslog the target of the log, one entry or none
 * @param accessLog whole lines with which requests are logged for Interlock, to be written with three braces; empty if
 *     they are not
 * @param errorPages whole lines for the operator's error pages, to be written with three braces
 * @param noRoute the answer to a request without a route: the words after {@code return status 503}, to be written with
 *     three braces
 * @param refusals backends that answer requests which the listener refuses
 * @param requestRules whole lines of the listener that precede all other rules: the client's address, and the normal form
 *     of the headers of a request; to be written with three braces
 * @param hostRules whole lines that check the host of a request and look it up in the map of hosts, to be written with
 *     three braces
 * @param pathRules whole lines that bring the path of a request into normal form, to be written with three braces
 * @param pathDecision whole lines that look up the path in the map of paths, to be written with three braces
 * @param stats the account of the statistics page, one entry or none
 * @param namesMap path of the map from a spare backend to the name of the backend that it stands for
 * @param hostsMap path of the map from host name to backend
 * @param wildcardsMap path of the map from domain to backend
 * @param wildcardDepths the numbers of labels of the wildcards' domains, highest first; empty without wildcards
 * @param hostExpressions whole lines that evaluate regular expressions for host names, to be written with three braces
 * @param routeRules lines that find the routes which the map of paths cannot find
 * @param pathsMap path of the map from path to backend
 * @param hasPaths whether a virtual host has other routes than one for all paths
 * @param tls the HTTPS listener, one entry or none
 * @param backends sorted by name
 * @param spares backends without servers, declared in advance
 * @param backendDefaults sections of defaults, of which HAProxy makes backends at run time
 * @param hasTcp whether HAProxy forwards connections
 * @param tcpAccessLog like {@code accessLog}, for connections
 * @param tcpListeners the ports at which it does
 * @param tcpBackends the backends of these connections, sorted by name
 * @param tcpSpares backends for connections without servers, declared in advance
 */
public record TemplateModel(
        List<String> binds,
        int maxConnections,
        int processConnections,
        int threads,
        long connectTimeout,
        long connectTryTimeout,
        int retries,
        long serverTimeout,
        long clientTimeout,
        List<Syslog> syslog,
        List<String> accessLog,
        List<String> errorPages,
        String noRoute,
        List<Refusal> refusals,
        List<String> requestRules,
        List<String> hostRules,
        List<String> pathRules,
        List<String> pathDecision,
        List<Stats> stats,
        String namesMap,
        String hostsMap,
        String wildcardsMap,
        List<Integer> wildcardDepths,
        List<String> hostExpressions,
        List<Rule> routeRules,
        String pathsMap,
        boolean hasPaths,
        List<Tls> tls,
        List<BackendModel> backends,
        List<BackendModel> spares,
        List<BackendModel> backendDefaults,
        boolean hasTcp,
        List<String> tcpAccessLog,
        List<TcpListenerModel> tcpListeners,
        List<BackendModel> tcpBackends,
        List<BackendModel> tcpSpares) {

    /**
     * Backend that refuses requests.
     *
     * @param answer the words after {@code return status} and the status, to be written with three braces
     */
    public record Refusal(String name, int status, String answer) {

        static List<Refusal> all(ErrorPages pages) {
            return Arrays.stream(RequestRefusal.values())
                    .map(refusal -> new Refusal(
                            refusal.backend(),
                            refusal.status(),
                            pages.answer(Optional.empty(), refusal.status(), "\"" + refusal.text() + "\\n\"")))
                    .toList();
        }
    }

    /**
     * HTTPS listener.
     *
     * @param binds arguments of {@code bind}; to be written with three braces
     * @param rules whole lines that must precede all other rules, to be written with three braces
     */
    public record Tls(List<String> binds, List<String> rules) {}

    /**
     * Line for a route.
     *
     * @param line the whole line, to be written with three braces
     * @param backend the name of the route's backend
     */
    public record Rule(String line, String backend) {}

    /**
     * Log of requests.
     *
     * @param address the target, as an argument of {@code log}
     * @param format the whole line that sets the format of a request's entry, to be written with three braces
     */
    public record Syslog(String address, String format) {}

    /** Account of the statistics page. */
    public record Stats(String user, String password) {
        @Override
        public String toString() {
            return "Stats[user=" + user + ", password=…]";
        }
    }

    /**
     * Port at which HAProxy forwards connections.
     *
     * @param port 1 to 65535
     * @param binds arguments of {@code bind}; to be written with three braces
     * @param rules whole lines, to be written with three braces
     */
    public record TcpListenerModel(int port, List<String> binds, List<String> rules) {}

    /**
     * Backend.
     *
     * @param name unique
     * @param directives whole lines for options, the health check and policies, to be written with three braces
     * @param servers sorted by name
     */
    public record BackendModel(String name, List<String> directives, List<ServerModel> servers) {

        /** The model of a spare backend, which has no servers. */
        static BackendModel of(SpareBackend spare) {
            return new BackendModel(spare.name(), spare.declaration().directives(), List.of());
        }
    }

    /**
     * Server.
     *
     * @param name unique in its backend
     * @param address address and port
     * @param checkInterval milliseconds
     * @param draining whether the server gets no new requests
     * @param parameters everything that follows the address, to be written with three braces
     */
    public record ServerModel(String name, String address, long checkInterval, boolean draining, String parameters) {

        static ServerModel of(ServerSpec server, boolean sticky) {
            return new ServerModel(
                    server.name(),
                    server.endpoint(),
                    server.traits().checkInterval(),
                    server.weight() == 0,
                    ServerParameters.of(server, sticky));
        }
    }
}
