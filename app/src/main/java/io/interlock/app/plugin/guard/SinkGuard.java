package io.interlock.app.plugin.guard;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.pluginhost.ApiVersion;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.util.ErrorMessages;
import io.interlock.util.TimeLimit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards every call to a statistics sink: the thread has the plugin's class loader, the call has a deadline, and
 * whatever it throws becomes an exception that holds no object of the plugin.
 */
public final class SinkGuard {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    private final String pluginId;
    private final ClassLoader classLoader;
    private final PluginTimeLimits limits;
    private volatile Optional<String> trouble = Optional.empty();

    public SinkGuard(String pluginId, ClassLoader classLoader, PluginTimeLimits limits) {
        this.pluginId = pluginId;
        this.classLoader = classLoader;
        this.limits = limits;
    }

    /** The problem of the call that runs; empty if none is known. Any thread. */
    public Optional<String> trouble() {
        return trouble;
    }

    public StatsSink open(Callable<StatsSink> create) throws SinkFailedException, InterruptedException {
        StatsSink sink = call("be created", create);
        if (sink == null) {
            throw new SinkFailedException("its factory made null, which is a defect of the plugin");
        }
        return new StatsSink() {
            @Override
            public void accept(StatsSnapshot snapshot) throws SinkFailedException, InterruptedException {
                call("take a snapshot", () -> {
                    sink.accept(snapshot);
                    return pluginId;
                });
            }

            @Override
            public void close() {
                try {
                    call("close", () -> {
                        sink.close();
                        return pluginId;
                    });
                } catch (SinkFailedException e) {
                    log.error("plugin {}: {}; something of it may be left running", pluginId, e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private <T> T call(String action, Callable<T> work) throws SinkFailedException, InterruptedException {
        TimeLimit limit = TimeLimit.interruptingThisThread(limits.call(), limits.grace(), () -> {
            trouble = Optional.of("takes more than "
                    + limits.call().plus(limits.grace()).toSeconds() + " s to " + action
                    + " and does not let itself be interrupted: replace its jar, or restart Interlock");
            log.error("plugin {}: {}", pluginId, trouble.orElseThrow());
        });
        try {
            return LoadedPlugin.within(classLoader, work);
        } catch (InterruptedException e) {
            if (limit.end()) {
                throw new SinkFailedException(
                        "did not " + action + " within " + limits.call().toSeconds() + " s");
            }
            throw e;
        } catch (VirtualMachineError e) {
            if (!(e instanceof StackOverflowError)) {
                throw e;
            }
            throw new SinkFailedException("could not " + action + ": " + ErrorMessages.reason(e));
        } catch (LinkageError e) {
            throw new SinkFailedException(LoadedPlugin.whyNotLinked(e, ApiVersion.current()));
        } catch (Exception | Error e) {
            log.debug("plugin {} could not {}", pluginId, action, e);
            throw new SinkFailedException("could not " + action + ": " + ErrorMessages.reason(e));
        } finally {
            limit.end();
            trouble = Optional.empty();
        }
    }
}
