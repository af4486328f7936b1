package io.interlock.app.plugin.guard;

import java.time.Duration;

/**
 * How long plugins may take.
 *
 * @param load to load its classes, make its factory and bind its configuration
 * @param call to create a load balancer, and to apply a topology, each; then the thread is interrupted
 * @param close to end a load balancer; then the thread is interrupted
 * @param grace how much longer an interrupted thread is waited for, before it is left to itself
 */
public record PluginTimeLimits(Duration load, Duration call, Duration close, Duration grace) {

    /** Generous: a plugin that takes longer than this hangs. */
    public static final PluginTimeLimits USUAL = new PluginTimeLimits(
            Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(45), Duration.ofSeconds(5));
}
