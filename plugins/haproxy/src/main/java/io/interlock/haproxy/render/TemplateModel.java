package io.interlock.haproxy.render;

import java.util.List;

/**
 * What a template sees: each component is a variable or a section of that name. This is a contract with operators who
 * bring an own template; docs/haproxy.md describes it.
 *
 * @param binds as {@code bind} takes them; to be written with three braces
 * @param maxConnections client connections at one time
 * @param threads of each worker
 * @param connectTimeout milliseconds
 * @param connectTryTimeout milliseconds; at most {@code connectTimeout}
 * @param retries how often a request is tried again that could not be delivered
 * @param serverTimeout milliseconds
 * @param clientTimeout milliseconds
 * @param syslog where to log, one entry or none
 * @param errorPages whole lines for pages that the operator has for errors, to be written with three braces
 * @param noRoute what a request is answered with for which there is no route: what follows {@code return status 503}, to be written with
 *     three braces
 * @param clients whole lines of the listener that come before all other rules and find out who the client is, to be written with three
 *     braces
 * @param stats who may see the statistics page, one entry or none
 * @param hostsMap path of the map from host name to backend
 * @param wildcardsMap path of the map from domain to backend
 * @param wildcardDepths how many labels the wildcards' domains have, most first; empty without wildcards
 * @param hostExpressions whole lines that try regular expressions for host names, to be written with three braces
 * @param routeRules lines that find routes which the map of paths cannot
 * @param pathsMap path of the map from path to backend
 * @param hasPaths whether a virtual host has other routes than one for all paths
 * @param tls the HTTPS listener, one entry or none
 * @param backends by name
 * @param spares backends without servers, declared in advance
 * @param hasTcp whether connections are passed on
 * @param tcpListeners where
 * @param tcpBackends those that they are passed on to, by name
 */
public record TemplateModel(
        List<String> binds,
        int maxConnections,
        int threads,
        long connectTimeout,
        long connectTryTimeout,
        int retries,
        long serverTimeout,
        long clientTimeout,
        List<Syslog> syslog,
        List<String> errorPages,
        String noRoute,
        List<String> clients,
        List<Stats> stats,
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
        boolean hasTcp,
        List<TcpListenerModel> tcpListeners,
        List<BackendModel> tcpBackends) {

    /**
     * The HTTPS listener.
     *
     * @param binds as {@code bind} takes them; to be written with three braces
     * @param rules whole lines that have to come before all other rules, to be written with three braces
     */
    public record Tls(List<String> binds, List<String> rules) {}

    /**
     * A line for a route.
     *
     * @param line the whole line, to be written with three braces
     * @param backend where the route leads to
     */
    public record Rule(String line, String backend) {}

    /**
     * The log.
     *
     * @param address its target, as {@code log} takes it
     * @param format the whole line that says what it has of requests, to be written with three braces
     */
    public record Syslog(String address, String format) {}

    /** The account of the statistics page. */
    public record Stats(String user, String password) {
        @Override
        public String toString() {
            return "Stats[user=" + user + ", password=…]";
        }
    }

    /**
     * A port at which connections are passed on.
     *
     * @param port 1 to 65535
     * @param binds as {@code bind} takes them; to be written with three braces
     * @param rules whole lines, to be written with three braces
     */
    public record TcpListenerModel(int port, List<String> binds, List<String> rules) {}

    /**
     * A backend.
     *
     * @param name unique
     * @param directives whole lines for options, the health check and policies, to be written with three braces
     * @param servers by name
     */
    public record BackendModel(String name, List<String> directives, List<ServerModel> servers) {}

    /**
     * A server.
     *
     * @param name unique in its backend
     * @param address address and port
     * @param checkInterval milliseconds
     * @param draining whether it takes nothing new
     * @param parameters everything that follows the address, to be written with three braces
     */
    public record ServerModel(String name, String address, long checkInterval, boolean draining, String parameters) {}
}
