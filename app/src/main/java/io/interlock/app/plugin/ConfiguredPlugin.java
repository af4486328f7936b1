package io.interlock.app.plugin;

import io.interlock.app.plugin.guard.LeakedThreads;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Plugin that is loaded, with its configuration bound. It can be opened, and opened again once the earlier instance has
 * ended; finally it is released. Safe for all threads.
 */
public abstract sealed class ConfiguredPlugin permits LoadBalancerPlugin, SinkPlugin, DnsProviderPlugin, DialectPlugin {

    private final StagedJar jar;
    private final LoadedPlugin plugin;
    private final PluginStamp stamp;
    private final String type;

    ConfiguredPlugin(StagedJar jar, LoadedPlugin plugin, PluginStamp stamp, String type) {
        this.jar = jar;
        this.plugin = plugin;
        this.stamp = stamp;
        this.type = type;
    }

    public final String pluginId() {
        return jar.id();
    }

    public final String version() {
        return jar.version();
    }

    /** The kind of the plugin, for people. */
    public final String type() {
        return type;
    }

    final StagedJar jar() {
        return jar;
    }

    /** The configuration that it was created with. */
    final PluginStamp stamp() {
        return stamp;
    }

    /**
     * Why it cannot take another configuration while it runs; empty if it can. Runs code of the plugin.
     *
     * @throws SectionException if the section is wrong
     */
    abstract Optional<String> refusal(PluginSectionBinder changed) throws SectionException;

    /** Runs code of the plugin with its class loader. */
    final <T> T within(Callable<T> action) throws Exception {
        return LoadedPlugin.within(plugin.classLoader(), action);
    }

    /** The addresses on which it will listen for requests to containers. */
    Set<InetSocketAddress> listeners() {
        return Set.of();
    }

    /** The current problem of the plugin; empty if none is known. */
    abstract Optional<String> trouble();

    /** Releases its classes if nothing was opened. */
    final void discard() {
        plugin.close();
    }

    /**
     * Releases its classes after everything that it created has ended. Interrupts its own threads that still run.
     *
     * @param grace how long to wait for these threads
     * @return what it left behind, for people; empty if nothing
     */
    public final Optional<String> release(Duration grace) throws InterruptedException {
        try {
            return LeakedThreads.clear(plugin.classLoader(), grace);
        } finally {
            plugin.close();
        }
    }
}
