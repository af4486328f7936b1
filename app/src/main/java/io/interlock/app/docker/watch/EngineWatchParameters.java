package io.interlock.app.docker.watch;

import java.time.Duration;

/**
 * How an engine is watched. All durations are more than 0.
 *
 * @param pingInterval how often the engine is asked whether it is still there
 * @param pingMisses how many pings in a row have to fail until the connection counts as lost
 * @param resyncInterval about how often everything is subscribed, listed and inspected anew
 * @param backoffStart the longest wait before the first attempt to reconnect; doubled after each
 * @param backoffCap its highest value
 * @param inspectParallelism how many inspects may run at a time
 * @param inspectRetry the wait before an inspect that failed is made again
 * @param stopMargin how long after its stop timeout a container that still runs counts as stopping
 * @param maxDirty how many containers may wait for an inspect because of events; more lead to a resync
 */
public record EngineWatchParameters(
        Duration pingInterval,
        int pingMisses,
        Duration resyncInterval,
        Duration backoffStart,
        Duration backoffCap,
        int inspectParallelism,
        Duration inspectRetry,
        Duration stopMargin,
        int maxDirty) {

    public static final EngineWatchParameters DEFAULT = new EngineWatchParameters(
            // With three seconds for an answer a silent engine is found out within 15 s.
            Duration.ofSeconds(4),
            2,
            Duration.ofMinutes(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            8,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            4096);

    public EngineWatchParameters withBackoffCap(Duration cap) {
        return new EngineWatchParameters(
                pingInterval,
                pingMisses,
                resyncInterval,
                backoffStart,
                cap,
                inspectParallelism,
                inspectRetry,
                stopMargin,
                maxDirty);
    }
}
