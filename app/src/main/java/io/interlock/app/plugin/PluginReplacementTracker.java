package io.interlock.app.plugin;

import io.interlock.util.DurationText;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for plugins that are created anew because their configuration changed. Confined to one thread, except for waiting. */
final class PluginReplacementTracker {

    /** Longer than the limits of the calls of one plugin together. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Map<String, CompletableFuture<Optional<String>>> underWay = new HashMap<>();

    /** Replacements that began together. */
    record Batch(Map<String, CompletableFuture<Optional<String>>> replacements) {

        /** Waits for them, for a limited time; returns why one could not take over, by plugin id. */
        Map<String, String> failures() throws InterruptedException {
            Map<String, String> failures = new TreeMap<>();
            long until = System.nanoTime() + LIMIT.toNanos();
            for (Map.Entry<String, CompletableFuture<Optional<String>>> each : replacements.entrySet()) {
                try {
                    each.getValue()
                            .get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS)
                            .ifPresent(why -> failures.put(each.getKey(), why));
                } catch (TimeoutException | ExecutionException e) {
                    failures.put(
                            each.getKey(),
                            "has not taken over within " + DurationText.of(LIMIT)
                                    + "; interlock plugins shows its state");
                }
            }
            return failures;
        }
    }

    /** Expects a result for each plugin. */
    Batch begin(Set<String> pluginIds) {
        Map<String, CompletableFuture<Optional<String>>> batch = new TreeMap<>();
        pluginIds.forEach(id -> batch.put(id, underWay.computeIfAbsent(id, unused -> new CompletableFuture<>())));
        return new Batch(batch);
    }

    /** Records the result for a plugin: empty if it is in use, or why it cannot be. */
    void end(String pluginId, Optional<String> failure) {
        Optional.ofNullable(underWay.remove(pluginId)).ifPresent(waiting -> waiting.complete(failure));
    }
}
