package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.ProxySettings;
import java.time.Duration;
import java.util.List;

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
 * @param hardStopAfter how long a worker that was replaced may live
 */
public record RenderSettings(
        ProxySettings proxy,
        HaproxyVersion version,
        Layout layout,
        List<String> binds,
        int threads,
        Duration connectTryTimeout,
        int spareBackends,
        Duration hardStopAfter) {
    public RenderSettings {
        binds = List.copyOf(binds);
    }
}
