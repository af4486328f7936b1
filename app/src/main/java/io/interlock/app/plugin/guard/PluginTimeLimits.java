package io.interlock.app.plugin.guard;

import java.time.Duration;

/**
 * Time limits for plugins.
 *
 * @param load to load its classes, create its factory and bind its configuration
 * @param call to create a load balancer, and to apply a topology, each; then the thread is interrupted
 * @param close to end a load balancer; then the thread is interrupted
 * @param grace how much longer to wait for an interrupted thread, before it is abandoned; also how long one call of a
 *     dialect may take, for which everything else waits
 */
public record PluginTimeLimits(Duration load, Duration call, Duration close, Duration grace) {

    /** Generous limits: a plugin that takes longer hangs. */
    public static final PluginTimeLimits USUAL = new PluginTimeLimits(
            Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(45), Duration.ofSeconds(5));
}
