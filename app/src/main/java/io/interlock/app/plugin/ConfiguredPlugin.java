package io.interlock.app.plugin;

import io.interlock.app.plugin.guard.LeakedThreads;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Plugin that is loaded, with its configuration bound. It can be opened, and opened again once the earlier instance has
 * ended; finally it is released. Safe for all threads.
 */
public abstract sealed class ConfiguredPlugin permits LoadBalancerPlugin, SinkPlugin {

    private final StagedJar jar;
    private final LoadedPlugin plugin;
    private final String type;

    ConfiguredPlugin(StagedJar jar, LoadedPlugin plugin, String type) {
        this.jar = jar;
        this.plugin = plugin;
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
