package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.app.plugin.ConfiguredPlugin;
import io.interlock.app.plugin.DialectPlugin;
import io.interlock.app.plugin.DnsProviderPlugin;
import io.interlock.app.plugin.LoadBalancerPlugin;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.SinkPlugin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owner of the load balancers of all plugins, with one {@link LoadBalancerSlot} for each plugin. Safe for all threads.
 */
public final class LoadBalancerManager implements PluginConsumer {

    private static final Logger log = LoggerFactory.getLogger("loadbalancer");

    private final LoadBalancerEnvironment environment;
    private final StateListener events;
    private final Map<String, LoadBalancerSlot> slots = new TreeMap<>();
    private boolean closed;

    /** @param events receives the state changes of load balancers */
    public LoadBalancerManager(LoadBalancerEnvironment environment, StateListener events) {
        this.environment = environment;
        this.events = events;
    }

    @Override
    public void use(ConfiguredPlugin plugged) {
        switch (plugged) {
            case LoadBalancerPlugin loadBalancer -> use(loadBalancer);
            case SinkPlugin sink -> events.unusable(sink, "is no load balancer");
            case DnsProviderPlugin provider -> events.unusable(provider, "is no load balancer");
            case DialectPlugin dialect -> events.unusable(dialect, "is no load balancer");
        }
    }

    /** Starts to use a load balancer. */
    public synchronized void use(LoadBalancerPlugin loadBalancer) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        environment.observers().forEach(observer -> observer.opening(loadBalancer.pluginId(), loadBalancer.port()));
        slots.computeIfAbsent(loadBalancer.pluginId(), id -> new LoadBalancerSlot(id, environment, events))
                .use(loadBalancer);
    }

    @Override
    public synchronized void end(String pluginId) {
        LoadBalancerSlot slot = slots.get(pluginId);
        if (slot != null) {
            slot.end();
        }
        environment.observers().forEach(observer -> observer.ended(pluginId));
    }

    /** Returns the serving load balancers by plugin id, for calls that may come from any thread. */
    public synchronized Map<String, LoadBalancer> loadBalancers() {
        Map<String, LoadBalancer> serving = new TreeMap<>();
        slots.forEach((id, slot) -> slot.loadBalancer().ifPresent(loadBalancer -> serving.put(id, loadBalancer)));
        return serving;
    }

    /**
     * Whether a proxy served already when its load balancer was opened. Must be called after {@link #anyOpen}, before the
     * first topology.
     */
    public boolean anyProxyRuns() throws InterruptedException {
        boolean any = false;
        for (LoadBalancer loadBalancer : loadBalancers().values()) {
            any |= loadBalancer.proxyRuns();
        }
        return any;
    }

    /** Waits until each load balancer is open or has failed to open; returns whether any is open. */
    public boolean anyOpen() {
        boolean any = false;
        for (LoadBalancerSlot slot : all()) {
            any |= slot.settled().join();
        }
        return any;
    }

    private synchronized List<LoadBalancerSlot> all() {
        return List.copyOf(slots.values());
    }

    /** Closes all load balancers at the same time, and waits for them. The manager must not be used afterwards. */
    public void close() throws InterruptedException {
        synchronized (this) {
            closed = true;
        }
        List<Thread> closing = all().stream()
                .map(slot -> Thread.ofVirtual().name("close").start(() -> close(slot)))
                .toList();
        for (Thread thread : closing) {
            thread.join();
        }
    }

    private static void close(LoadBalancerSlot slot) {
        try {
            slot.close();
        } catch (InterruptedException e) {
            log.debug("interrupted while a load balancer ended", e);
        }
    }
}
