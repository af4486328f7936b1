package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.app.plugin.LoadBalancerPlugin;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Load balancer of one version of a plugin, from its creation to its end.
 *
 * @param plugged the extension of the plugin
 * @param loop its thread
 * @param limits how long to wait for it
 */
record LoadBalancerInstance(LoadBalancerPlugin plugged, ApplyLoop loop, PluginTimeLimits limits) {

    private static final Logger log = LoggerFactory.getLogger("loadbalancer");

    /** Long enough to combine the events of one stop of a container, too short to be noticed. */
    private static final ApplyDebounce DEBOUNCE = new ApplyDebounce(Duration.ofMillis(10), Duration.ofMillis(100));

    /** Starts to open a load balancer, on its own thread. */
    static LoadBalancerInstance start(LoadBalancerPlugin plugged, LoadBalancerEnvironment environment) {
        ApplyLoop loop = new ApplyLoop(
                plugged.pluginId(),
                requestApply -> open(plugged, environment, requestApply),
                DEBOUNCE,
                environment.observers(),
                environment.limits());
        loop.start();
        return new LoadBalancerInstance(plugged, loop, environment.limits());
    }

    private static LoadBalancer open(
            LoadBalancerPlugin plugged, LoadBalancerEnvironment environment, Runnable requestApply)
            throws LoadBalancerUnavailableException, InterruptedException {
        String id = plugged.pluginId();
        try {
            return plugged.open(new PluginLoadBalancerContext(
                    id,
                    environment.folders().ofPlugin(id),
                    Clock.systemUTC(),
                    plugged.settings(),
                    environment.accessLog(),
                    requestApply));
        } catch (IOException e) {
            throw new LoadBalancerUnavailableException(
                    "its data folder cannot be created: " + ErrorMessages.reason(e), e);
        }
    }

    /** Waits until the load balancer is open; returns the reason if it cannot be opened. */
    Optional<String> opened() throws InterruptedException {
        return await(loop.opened(), "was not created");
    }

    /** Waits until the first apply has succeeded; returns the reason if it did not. */
    Optional<String> proven() throws InterruptedException {
        return await(loop.firstApply(), "did not serve anything");
    }

    /** Waits for the first apply, if one follows soon. */
    void awaitFirstApply() throws InterruptedException {
        try {
            Optional<String> unused = loop.firstApply().get(limits.grace().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("{}: nothing was applied", plugged.pluginId(), e);
        }
    }

    private Optional<String> await(CompletableFuture<Optional<String>> reason, String what)
            throws InterruptedException {
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
}
