package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What goes into the configuration besides the topology, and does not change while the load balancer lives.
 *
 * @param proxy the operator's general settings
 * @param version the version to write for
 * @param layout where maps and sockets are
 * @param binds what to listen on, each as {@code bind} takes it: {@code :::8080 v4v6}
 * @param threads of each worker, at least 1
 * @param connectTryTimeout how long one try to connect to a server may take
 * @param spareBackends how many backends to declare in advance at least; 0: none
 * @param waitForServer how long a request may wait while its virtual host has no server; zero: not at all
 * @param hardStopAfter how long a worker that was replaced may live
 * @param tls the HTTPS listener; empty: there is none
 * @param errorPages the operator's pages for errors
 * @param tcpAddresses what to listen on at ports for TCP
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
        List<InetAddress> tcpAddresses) {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final int LEAST_RETRIES = 3;
    private static final int MOST_RETRIES = 1000;

    public RenderSettings {
        binds = List.copyOf(binds);
        tcpAddresses = List.copyOf(tcpAddresses);
    }

    /** Without an HTTPS listener, pages for errors, and TCP. */
    public RenderSettings(
            ProxySettings proxy,
            HaproxyVersion version,
            HaproxyPaths layout,
            List<String> binds,
            int threads,
            Duration connectTryTimeout,
            int spareBackends,
            Duration waitForServer,
            Duration hardStopAfter) {
        this(
                proxy,
                version,
                layout,
                binds,
                threads,
                connectTryTimeout,
                spareBackends,
                waitForServer,
                hardStopAfter,
                Optional.empty(),
                ErrorPages.NONE,
                List.of());
    }

    /** What to listen on at another port. */
    public List<String> binds(int port) {
        return tcpAddresses.stream()
                .map(address -> (address instanceof Inet6Address
                        ? "[" + address.getHostAddress() + "]:" + port + " v6only"
                        : address.getHostAddress() + ":" + port))
                .toList();
    }

    /** How often a request is tried again that could not be delivered. */
    public int retries() {
        // HAProxy pauses that long before it tries the same server again, at most a second.
        long pause = Math.min(LONGEST_PAUSE.toMillis(), Math.max(1, connectTryTimeout.toMillis()));
        return Math.clamp((waitForServer.toMillis() + pause - 1) / pause, LEAST_RETRIES, MOST_RETRIES);
    }

    /**
     * Whether to write what nobody wants yet, so that the first one needs no reload: spare backends, checks that look up
     * what to ask for, lookups of wildcards and paths.
     */
    public boolean writesInAdvance() {
        return spareBackends > 0;
    }
}
