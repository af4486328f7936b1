package io.interlock.app.plugin;

import io.interlock.app.plugin.guard.LeakedThreads;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a plugin offers, loaded and with its configuration bound. It can be opened, and once that one has ended, opened
 * again; in the end it is released. Any thread.
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

    /** What kind of thing it is, for people. */
    public final String type() {
        return type;
    }

    final StagedJar jar() {
        return jar;
    }

    /** Where it will listen for what it balances. */
    Set<InetSocketAddress> listeners() {
        return Set.of();
    }

    /** What is wrong with it just now; empty if nothing is known to be. */
    abstract Optional<String> trouble();

    /** Gives up its classes, where nothing was opened. */
    final void discard() {
        plugin.close();
    }

    /**
     * Gives up its classes, after what it made has ended. Threads of its own that still run are interrupted.
     *
     * @param grace how long they are waited for
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
