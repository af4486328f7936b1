package io.interlock.app.serving;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.plugin.Limits;
import io.interlock.app.plugin.PluggedLoadBalancer;
import io.interlock.app.reconcile.Debounce;
import io.interlock.app.reconcile.ReconcileLane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One load balancer of one version of a plugin, from its creation to its end, on a lane of its own. */
final class Instance {

    /** Long enough for the events of one stop to come together, too short to be noticed. */
    private static final Debounce DEBOUNCE = new Debounce(Duration.ofMillis(10), Duration.ofMillis(100));

    private static final Logger log = LoggerFactory.getLogger(Instance.class);

    private final PluggedLoadBalancer plugged;
    private final Surroundings surroundings;
    private final ReconcileLane lane;

    /** Why the first apply did not take; empty if it did. Never holds anything of the plugin's classes. */
    private final CompletableFuture<Optional<String>> first = new CompletableFuture<>();

    private volatile boolean works;

    private Instance(PluggedLoadBalancer plugged, Surroundings surroundings) {
        this.plugged = plugged;
        this.surroundings = surroundings;
        this.lane = new ReconcileLane(plugged.pluginId(), this::open, DEBOUNCE, this::applied);
    }

    /** Begins to open a load balancer. */
    static Instance start(PluggedLoadBalancer plugged, Surroundings surroundings) {
        Instance instance = new Instance(plugged, surroundings);
        instance.lane.start();
        return instance;
    }

    PluggedLoadBalancer plugged() {
        return plugged;
    }

    private LoadBalancer open(Runnable requestApply) throws LoadBalancerUnavailableException, InterruptedException {
        String id = plugged.pluginId();
        try {
            Path data = surroundings.folders().ofPlugin(id);
            return plugged.open(new Context(id, data, Clock.systemUTC(), surroundings.settings(), requestApply));
        } catch (IOException e) {
            throw new LoadBalancerUnavailableException("its data folder cannot be made: " + e, e);
        }
    }

    private void applied(String name, TopologySnapshot snapshot, ApplyResult result, Duration took) {
        Optional<String> failure = switch (result) {
            case ApplyResult.Applied applied -> Optional.empty();
            case ApplyResult.Unchanged unchanged -> Optional.empty();
            case ApplyResult.Rejected rejected -> Optional.of(rejected.reason());
            case ApplyResult.Failed failed -> Optional.of(failed.reason());
        };
        works = failure.isEmpty();
        first.complete(failure);
        surroundings.watcher().applied(name, snapshot, withoutCause(result), took);
    }

    /** Whoever keeps the result must not keep the plugin's classes with it. */
    private static ApplyResult withoutCause(ApplyResult result) {
        return result instanceof ApplyResult.Failed failed ? new ApplyResult.Failed(failed.reason()) : result;
    }

    /** Waits until it is open; why it never will be. */
    Optional<String> opened() throws InterruptedException {
        return await(lane.opened(), "was not created");
    }

    /** Waits until it has served something for the first time; why it does not. */
    Optional<String> proven() throws InterruptedException {
        return await(first, "did not serve anything");
    }

    /** Waits for its first apply, if there is one to come soon. */
    void awaitFirst() throws InterruptedException {
        try {
            Optional<String> unused = first.get(surroundings.limits().grace().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("{}: nothing was applied", plugged.pluginId(), e);
        }
    }

    private Optional<String> await(CompletableFuture<Optional<String>> reason, String what)
            throws InterruptedException {
        Limits limits = surroundings.limits();
        Duration limit = limits.call().plus(limits.grace().multipliedBy(2));
        try {
            return reason.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of(what + " within " + limit.toSeconds()
                    + " s and does not let itself be interrupted, which is a defect of the plugin; its thread is left"
                    + " to itself until Interlock ends");
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause()));
        }
    }

    /** Whether the last apply took. */
    boolean works() {
        return works;
    }

    /** The load balancer while it is open, for calls that may come from any thread. */
    Optional<LoadBalancer> open() {
        return lane.open();
    }

    void offer(TopologySnapshot snapshot) {
        lane.offer(snapshot);
    }

    /** Ends it, with its proxy; whether it has ended. */
    boolean close() throws InterruptedException {
        return lane.close(surroundings.limits().close(), surroundings.limits().grace());
    }

    /** Ends it and leaves its proxy to a successor, as far as it can; whether it has ended. */
    boolean handOver() throws InterruptedException {
        return lane.handOver(
                surroundings.limits().close(), surroundings.limits().grace());
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
