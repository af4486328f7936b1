package io.interlock.app.docker.watch;

import java.time.Duration;

/**
 * Parameters of watching an engine. All durations are more than 0.
 *
 * @param pingInterval time between two pings of the engine
 * @param pingMisses number of failed pings in a row after which the connection counts as lost
 * @param resyncInterval approximate time between two resyncs, which subscribe, list and inspect everything again
 * @param backoffStart the longest wait before the first attempt to reconnect; doubled after each attempt
 * @param backoffCap the highest value of that wait
 * @param inspectParallelism maximum number of inspects at a time
 * @param inspectRetry the wait before a failed inspect is tried again; doubled after each failure, up to 64 times as long
 * @param stopMargin time after its stop timeout for which a container that still runs counts as stopping
 * @param maxDirty maximum number of containers that wait for an inspect because of events, or because of failures; more lead to a resync
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
            // With three seconds for an answer, Interlock detects a silent engine within 15 s.
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
