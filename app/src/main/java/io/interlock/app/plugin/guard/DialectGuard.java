package io.interlock.app.plugin.guard;

import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.util.ErrorMessages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards every call to a dialect: it runs on a thread of its own with the plugin's class loader, the wait for it has an end, and
 * whatever it throws becomes a finding that leaves the container out. Of a dialect that hangs, no more calls are made.
 */
public final class DialectGuard {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    private final String pluginId;
    private final ClassLoader classLoader;
    private final Duration limit;
    private volatile Optional<String> trouble = Optional.empty();

    public DialectGuard(String pluginId, ClassLoader classLoader, PluginTimeLimits limits) {
        this.pluginId = pluginId;
        this.classLoader = classLoader;
        this.limit = limits.grace();
    }

    /** Why no more calls are made; empty if the dialect works. Any thread. */
    public Optional<String> trouble() {
        return trouble;
    }

    /**
     * Creates the dialect. The result never throws.
     *
     * @throws DialectFailedException if it cannot be created; the message says why
     */
    public LabelDialect open(Callable<LabelDialect> create) throws DialectFailedException {
        LabelDialect dialect = call("be created", create);
        DialectSources sources = call("name its labels", dialect::sources);
        return new LabelDialect() {
            @Override
            public DialectSources sources() {
                return sources;
            }

            @Override
            public DialectTranslation translate(DialectInput container) {
                try {
                    return call("read the labels of a container", () -> dialect.translate(container));
                } catch (DialectFailedException e) {
                    return failed(String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private DialectTranslation failed(String reason) {
        return new DialectTranslation(
                Map.of(),
                Map.of(),
                List.of(
                        new DialectFinding(
                                DialectFinding.Effect.LEFT_OUT,
                                "",
                                "",
                                "plugin " + pluginId + " " + reason,
                                "replace the plugin, or give the container labels of Interlock's and remove it from dialects")));
    }

    private <T> T call(String action, Callable<T> work) throws DialectFailedException {
        if (trouble.isPresent()) {
            throw new DialectFailedException(trouble.get());
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().name(pluginId).start(() -> {
            try {
                result.complete(LoadedPlugin.within(classLoader, work));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        try {
            T value = await(result);
            if (value == null) {
                throw new DialectFailedException("could not " + action + ": the result is null");
            }
            return value;
        } catch (TimeoutException e) {
            thread.interrupt();
            String why = "did not " + action + " within " + limit.toSeconds() + " s";
            trouble = Optional.of(why);
            log.error("plugin {}: {}; it is not asked again", pluginId, why);
            throw new DialectFailedException(why);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            log.debug("plugin {} could not {}", pluginId, action, cause);
            throw new DialectFailedException("could not " + action + ": " + ErrorMessages.reason(cause));
        }
    }

    /** Waits in spite of interruptions: a container must not be left out because Interlock shuts down. */
    private <T> T await(CompletableFuture<T> result) throws ExecutionException, TimeoutException {
        long until = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
