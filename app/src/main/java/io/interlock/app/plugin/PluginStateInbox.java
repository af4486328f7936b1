package io.interlock.app.plugin;

import io.interlock.util.ChangeSignal;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/**
 * Passes the states of plugins to the thread of the manager.
 *
 * @param events the events that wait for that thread
 * @param wake wakes it
 * @param registry receives the states, on that thread
 * @param replacements receives the ends of replacements, on that thread
 */
record PluginStateInbox(
        BlockingQueue<Runnable> events,
        ChangeSignal wake,
        PluginRegistry registry,
        PluginReplacementTracker replacements)
        implements PluginConsumer.StateListener {

    @Override
    public void opening(ConfiguredPlugin plugin) {
        // The manager handed the plugin over itself, so the state is known.
    }

    @Override
    public void running(ConfiguredPlugin plugin) {
        add(() -> {
            registry.running(plugin);
            replacements.end(plugin.pluginId(), Optional.empty());
        });
    }

    @Override
    public void unusable(ConfiguredPlugin plugin, String reason) {
        add(() -> {
            registry.unusable(plugin, reason);
            replacements.end(plugin.pluginId(), Optional.of(reason));
        });
    }

    @Override
    public void released(ConfiguredPlugin plugin, Optional<String> leftover) {
        add(() -> registry.released(plugin, leftover));
    }

    private void add(Runnable event) {
        wake.raise();
        try {
            events.put(event);
        } catch (InterruptedException e) {
            // The load balancer is being ended, and so is Interlock.
            Thread.currentThread().interrupt();
        }
        wake.raise();
    }
}
