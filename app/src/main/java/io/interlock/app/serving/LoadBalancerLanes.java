package io.interlock.app.serving;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.plugin.Plugged;
import io.interlock.app.plugin.PluggedLoadBalancer;
import io.interlock.app.plugin.PluggedSink;
import io.interlock.app.plugin.PluginUsers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All load balancers: a slot for each plugin. Whoever comes later gets the latest topology too. Any thread. */
public final class LoadBalancerLanes implements PluginUsers {

    private static final Logger log = LoggerFactory.getLogger(LoadBalancerLanes.class);

    private final Surroundings surroundings;
    private final Events events;
    private final Map<String, Slot> slots = new TreeMap<>();
    private @Nullable TopologySnapshot latest;
    private boolean closed;

    /**
     * @param events is told what becomes of load balancers
     */
    public LoadBalancerLanes(Surroundings surroundings, Events events) {
        this.surroundings = surroundings;
        this.events = events;
    }

    @Override
    public void use(Plugged plugged) {
        switch (plugged) {
            case PluggedLoadBalancer loadBalancer -> use(loadBalancer);
            case PluggedSink sink -> events.unusable(sink, "is no load balancer");
        }
    }

    /** Begins to use a load balancer. */
    public synchronized void use(PluggedLoadBalancer loadBalancer) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        surroundings.watcher().opening(loadBalancer.pluginId(), loadBalancer.port());
        slots.computeIfAbsent(loadBalancer.pluginId(), this::slot).use(loadBalancer);
    }

    private Slot slot(String pluginId) {
        Slot slot = new Slot(pluginId, surroundings, events);
        if (latest != null) {
            slot.offer(latest);
        }
        return slot;
    }

    @Override
    public synchronized void end(String pluginId) {
        Slot slot = slots.get(pluginId);
        if (slot != null) {
            slot.end();
        }
        surroundings.watcher().ended(pluginId);
    }

    /** What serves, by plugin id, for calls that may come from any thread. */
    public synchronized Map<String, LoadBalancer> open() {
        Map<String, LoadBalancer> open = new TreeMap<>();
        slots.forEach((id, slot) -> slot.open().ifPresent(loadBalancer -> open.put(id, loadBalancer)));
        return open;
    }

    /** Says what is to be served from now on. */
    public synchronized void offer(TopologySnapshot snapshot) {
        latest = snapshot;
        slots.values().forEach(slot -> slot.offer(snapshot));
    }

    /** Waits until each load balancer is open or has said why it cannot be; whether there is one that is open. */
    public boolean anyOpen() {
        boolean any = false;
        for (Slot slot : all()) {
            any |= slot.settled().join();
        }
        return any;
    }

    private synchronized List<Slot> all() {
        return List.copyOf(slots.values());
    }

    /** Closes all of them at the same time, and waits for them. Nothing is to be used afterwards. */
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

    private static void close(Slot slot) {
        try {
            slot.close();
        } catch (InterruptedException e) {
            log.debug("interrupted while a load balancer ended", e);
        }
    }
}
