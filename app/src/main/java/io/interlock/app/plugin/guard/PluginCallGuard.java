package io.interlock.app.plugin.guard;

import io.interlock.pluginhost.ApiVersion;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.util.ErrorMessages;
import io.interlock.util.TimeLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards calls to a plugin: the thread has the plugin's class loader, the call has a deadline, and whatever it throws
 * becomes an exception that holds no object of the plugin.
 */
public final class PluginCallGuard {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    private final String pluginId;
    private final ClassLoader classLoader;
    private final Duration limit;
    private final Duration grace;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * @param limit time after which the thread of a call is interrupted
     * @param grace how much longer the call may take before it is reported
     */
    public PluginCallGuard(String pluginId, ClassLoader classLoader, Duration limit, Duration grace) {
        this.pluginId = pluginId;
        this.classLoader = classLoader;
        this.limit = limit;
        this.grace = grace;
    }

    /** The problem of the call that runs; empty if none is known. Any thread. */
    public Optional<String> trouble() {
        return trouble;
    }

    /**
     * Calls the plugin on this thread.
     *
     * @param action what the plugin must do, for messages
     */
    public <T> T call(String action, Callable<T> work) throws PluginCallException, InterruptedException {
        TimeLimit timeLimit = TimeLimit.interruptingThisThread(limit, grace, () -> {
            trouble = Optional.of("takes more than " + limit.plus(grace).toSeconds() + " s to " + action
                    + " and does not let itself be interrupted: replace its jar, or restart Interlock");
            log.error("plugin {}: {}", pluginId, trouble.orElseThrow());
        });
        try {
            return LoadedPlugin.within(classLoader, work);
        } catch (InterruptedException e) {
            if (timeLimit.end()) {
                throw new PluginCallException("did not " + action + " within " + limit.toSeconds() + " s");
            }
            throw e;
        } catch (VirtualMachineError e) {
            if (!(e instanceof StackOverflowError)) {
                throw e;
            }
            throw new PluginCallException("could not " + action + ": " + ErrorMessages.reason(e));
        } catch (LinkageError e) {
            throw new PluginCallException(LoadedPlugin.whyNotLinked(e, ApiVersion.current()));
        } catch (Exception | Error e) {
            log.debug("plugin {} could not {}", pluginId, action, e);
            throw new PluginCallException("could not " + action + ": " + ErrorMessages.reason(e));
        } finally {
            timeLimit.end();
            trouble = Optional.empty();
        }
    }
}
