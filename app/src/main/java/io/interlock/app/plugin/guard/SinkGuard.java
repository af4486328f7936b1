package io.interlock.app.plugin.guard;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Guards every call to a statistics sink. */
public final class SinkGuard {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    private final String pluginId;
    private final PluginCallGuard calls;

    public SinkGuard(String pluginId, ClassLoader classLoader, PluginTimeLimits limits) {
        this.pluginId = pluginId;
        this.calls = new PluginCallGuard(pluginId, classLoader, limits.call(), limits.grace());
    }

    /** The problem of the call that runs; empty if none is known. Any thread. */
    public Optional<String> trouble() {
        return calls.trouble();
    }

    public StatsSink open(Callable<StatsSink> create) throws PluginCallException, InterruptedException {
        StatsSink sink = calls.call("be created", create);
        if (sink == null) {
            throw new PluginCallException("its factory made null, which is a defect of the plugin");
        }
        return new StatsSink() {
            @Override
            public void accept(StatsSnapshot snapshot) throws PluginCallException, InterruptedException {
                calls.call("take a snapshot", () -> {
                    sink.accept(snapshot);
                    return pluginId;
                });
            }

            @Override
            public void close() {
                try {
                    calls.call("close", () -> {
                        sink.close();
                        return pluginId;
                    });
                } catch (PluginCallException e) {
                    log.error("plugin {}: {}; something of it may be left running", pluginId, e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
