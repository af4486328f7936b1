package io.interlock.app;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.app.plugin.PluggedLoadBalancer;
import io.interlock.app.reconcile.Debounce;
import io.interlock.app.reconcile.ReconcileLane;
import io.interlock.app.status.StatusBoard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One lane for each load balancer that a plugin offers. */
final class LoadBalancerLanes {

    private static final Logger log = LoggerFactory.getLogger(LoadBalancerLanes.class);

    /** Long enough for the events of one stop to come together, too short to be noticed. */
    private static final Debounce DEBOUNCE = new Debounce(Duration.ofMillis(10), Duration.ofMillis(100));

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(45);

    private final StatusBoard board;
    private final List<ReconcileLane> lanes = new ArrayList<>();

    LoadBalancerLanes(
            List<PluggedLoadBalancer> loadBalancers,
            ProxySettings settings,
            DataDirectory data,
            StatusBoard board,
            ReconcileLane.Listener listener) {
        this.board = board;
        for (PluggedLoadBalancer plugged : loadBalancers) {
            board.opening(plugged.pluginId(), settings.port());
            lanes.add(new ReconcileLane(
                    plugged.pluginId(),
                    requestApply -> open(plugged, settings, data, requestApply),
                    DEBOUNCE,
                    listener));
        }
    }

    static LoadBalancer open(
            PluggedLoadBalancer plugged, ProxySettings settings, DataDirectory data, Runnable requestApply)
            throws LoadBalancerUnavailableException, InterruptedException {
        try {
            String id = plugged.pluginId();
            return plugged.open(new Context(id, data.ofPlugin(id), Clock.systemUTC(), settings, requestApply));
        } catch (IOException e) {
            throw new LoadBalancerUnavailableException("its data folder cannot be made: " + e, e);
        }
    }

    List<ReconcileLane> all() {
        return List.copyOf(lanes);
    }

    /** Those that are open, by plugin id. */
    Map<String, LoadBalancer> open() {
        Map<String, LoadBalancer> open = new TreeMap<>();
        lanes.forEach(lane -> lane.open().ifPresent(loadBalancer -> open.put(lane.name(), loadBalancer)));
        return open;
    }

    void start() {
        lanes.forEach(ReconcileLane::start);
    }

    /** Waits until each load balancer is open or has said why it cannot be; whether there is one that is open. */
    boolean anyOpen() {
        boolean any = false;
        for (ReconcileLane lane : lanes) {
            Optional<String> reason = lane.opened().join();
            reason.ifPresent(why -> {
                log.error("{}: cannot be used: {}", lane.name(), why);
                board.unusable(lane.name(), why);
            });
            any |= reason.isEmpty();
        }
        return any;
    }

    /** Closes all of them at the same time, and waits for them. */
    void close() throws InterruptedException {
        List<Thread> closing = lanes.stream()
                .map(lane -> Thread.ofVirtual().name("close-" + lane.name()).start(() -> close(lane)))
                .toList();
        for (Thread thread : closing) {
            thread.join();
        }
    }

    private static void close(ReconcileLane lane) {
        try {
            if (!lane.close(CLOSE_LIMIT)) {
                log.error("{}: did not end in time; something of it may be left running", lane.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Context(
            String pluginId, Path dataDirectory, Clock clock, ProxySettings settings, Runnable requesting)
            implements LoadBalancerContext {
        @Override
        public void requestApply() {
            requesting.run();
        }
    }
}
