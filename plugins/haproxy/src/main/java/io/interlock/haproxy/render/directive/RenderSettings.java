package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.haproxy.model.AuthServers;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the configuration that do not depend on the topology and do not change while the load balancer lives.
 *
 * @param proxy the operator's general settings
 * @param version the version that the configuration is for
 * @param layout the paths of maps and sockets
 * @param binds the addresses to listen on, each as an argument of {@code bind}: {@code :::8080 v4v6}
 * @param threads of each worker, at least 1
 * @param connectTryTimeout the maximum time of one attempt to connect to a server
 * @param spareBackends the minimum number of backends to declare in advance; 0: none
 * @param waitForServer how long a request may wait while its virtual host has no server; zero: not at all
 * @param hardStopAfter how long a replaced worker may live
 * @param tls the HTTPS listener; empty: there is none
 * @param errorPages the operator's error pages
 * @param tcpAddresses the addresses to listen on at TCP ports
 * @param connectionsPerClient the maximum number of connections of one client; 0: no limit
 * @param maxHeaderSize the maximum size of the head of a request or response, in bytes
 * @param clientPrefix the bits of an IPv6 address that tell clients apart
 * @param authServers how servers that authenticate requests are asked
 */
public record RenderSettings(
        ProxySettings proxy,
        HaproxyVersion version,
        HaproxyPaths layout,
        List<String> binds,
        int threads,
        Duration connectTryTimeout,
        int spareBackends,
        Duration waitForServer,
        Duration hardStopAfter,
        Optional<TlsFrontend> tls,
        ErrorPages errorPages,
        List<InetAddress> tcpAddresses,
        int connectionsPerClient,
        int maxHeaderSize,
        int clientPrefix,
        AuthServers authServers) {

    /** The usual network of one client. */
    public static final int USUAL_CLIENT_PREFIX = 64;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int LEAST_RETRIES = 3;
    private static final int MOST_RETRIES = 1000;

    public RenderSettings {
        binds = List.copyOf(binds);
        tcpAddresses = List.copyOf(tcpAddresses);
    }

    /** The usual maximum number of connections of one client: two clients cannot take all. */
    public static int usualConnectionsPerClient(ProxySettings proxy) {
        return Math.max(1, proxy.maxConnections() / 2);
    }

    /** The addresses to listen on at another port, each as an argument of {@code bind}. */
    public List<String> binds(int port) {
        return tcpAddresses.stream()
                .map(address -> (address instanceof Inet6Address
                        ? "[" + address.getHostAddress() + "]:" + port + " v6only"
                        : address.getHostAddress() + ":" + port))
                .toList();
    }

    /** How often HAProxy retries a request that could not be delivered. */
    public int retries() {
        // HAProxy pauses for this time before it tries the same server again, at most a second.
        long pause = Math.min(LONGEST_PAUSE.toMillis(), Math.max(1, connectTryTimeout.toMillis()));
        return Math.clamp((waitForServer.toMillis() + pause - 1) / pause, LEAST_RETRIES, MOST_RETRIES);
    }

    /**
     * Whether to write what the topology does not need yet, so that its first use needs no reload: spare backends,
     * checks that look up their requests, lookups of wildcards and paths.
     */
    public boolean writesInAdvance() {
        return spareBackends > 0;
    }
}
