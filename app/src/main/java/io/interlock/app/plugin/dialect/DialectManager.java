package io.interlock.app.plugin.dialect;

import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.config.json.JsonPaths;
import io.interlock.app.config.key.ConfigKeys;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.dialect.NamedDialect;
import io.interlock.app.plugin.DialectPlugin;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.PluginLoadResult;
import io.interlock.app.plugin.guard.DialectFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Manages the dialects that the operator selected. They are opened at the start, because the engines' watchers must know what to
 * read. A newer version that reads the same replaces one in use; a dialect whose jar is removed stays until the next start, since
 * its containers would vanish.
 */
public final class DialectManager {

    /** Longer than a call of a dialect may take. */
    private static final Duration GRACE = Duration.ofSeconds(6);

    private final List<String> names;
    private final Map<String, DialectPlugin> plugins = new HashMap<>();
    private final Map<String, NamedDialect> dialects = new HashMap<>();
    private final Map<String, String> failures = new TreeMap<>();
    private volatile DialectSet current = DialectSet.NONE;
    private volatile Runnable listener = () -> {};

    private DialectManager(List<String> names) {
        this.names = names;
    }

    /** Opens the dialects that the operator selected. */
    public static DialectManager open(InterlockConfig config, PluginLoadResult loaded) {
        return open(config.dialects(), loaded.dialects());
    }

    /**
     * Opens the dialects that the operator selected.
     *
     * @param failed called before the exception
     * @throws IOException if one of them cannot be used
     */
    public static DialectManager required(ConfigResult.Valid configuration, PluginLoadResult loaded, Runnable failed)
            throws IOException {
        DialectManager manager = open(configuration.config(), loaded);
        Optional<ConfigProblem> missing =
                manager.problems(configuration).stream().findFirst();
        if (missing.isPresent()) {
            failed.run();
            throw new IOException(missing.get().toString());
        }
        return manager;
    }

    /**
     * Opens the dialects.
     *
     * @param names in the operator's order; Interlock's own is skipped
     */
    public static DialectManager open(List<String> names, List<DialectPlugin> loaded) {
        DialectManager manager = new DialectManager(names.stream()
                .filter(name -> !name.equals(ConfigKeys.OWN_DIALECT))
                .toList());
        for (String name : manager.names) {
            manager.failures.put(
                    name, "no plugin in plugins_dir that can be used has the id " + DialectPlugin.PREFIX + name);
        }
        for (DialectPlugin plugin : loaded) {
            try {
                manager.dialects.put(plugin.dialectName(), plugin.open());
                manager.plugins.put(plugin.dialectName(), plugin);
                manager.failures.remove(plugin.dialectName());
            } catch (DialectFailedException e) {
                manager.failures.put(plugin.dialectName(), "plugin " + plugin.pluginId() + " " + e.getMessage());
            }
        }
        manager.refresh();
        return manager;
    }

    private void refresh() {
        current = new DialectSet(names.stream()
                .flatMap(name -> Optional.ofNullable(dialects.get(name)).stream())
                .toList());
    }

    /** Returns a problem for each dialect that the operator selected and that cannot be used. */
    public List<ConfigProblem> problems(ConfigResult.Valid configuration) {
        List<ConfigProblem> problems = new ArrayList<>();
        failures.forEach((name, why) -> problems.add(new ConfigProblem(
                configuration.locations().of(JsonPaths.member(JsonPaths.ROOT, ConfigKeys.DIALECTS.name())),
                "dialects whose plugins can be used",
                "\"" + name + "\": " + why)));
        return problems;
    }

    /** The dialects that are on. Any thread. */
    public DialectSet current() {
        return current;
    }

    /**
     * Sets the listener for changes of {@link #current}; must be called before the first change.
     *
     * @param onChange must be quick
     */
    public void onChange(Runnable onChange) {
        listener = onChange;
    }

    /** Uses a plugin, and tells the listener what became of it. */
    public synchronized void use(DialectPlugin plugin, PluginConsumer.StateListener events) {
        String name = plugin.dialectName();
        DialectPlugin before = plugins.get(name);
        if (before == plugin) {
            events.running(plugin);
            return;
        }
        try {
            NamedDialect opened = plugin.open();
            NamedDialect replaced = dialects.get(name);
            if (replaced == null || !replaced.sources().equals(opened.sources())) {
                throw new IllegalStateException(
                        "reads other labels or variables than before, so it is used from the next start of Interlock");
            }
            dialects.put(name, opened);
            plugins.put(name, plugin);
            refresh();
            listener.run();
            events.running(plugin);
            if (before != null) {
                release(before, events);
            }
        } catch (DialectFailedException | IllegalStateException e) {
            events.unusable(plugin, String.valueOf(e.getMessage()));
            release(plugin, events);
        }
    }

    /** Releases a plugin once the last call of it has ended. */
    private static void release(DialectPlugin plugin, PluginConsumer.StateListener events) {
        Thread.ofVirtual().name("release-" + plugin.pluginId()).start(() -> {
            try {
                Thread.sleep(GRACE);
                events.released(plugin, plugin.release(GRACE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Releases all dialects. Must be called after the last use of {@link #current}. */
    public synchronized void close(PluginConsumer.StateListener events) throws InterruptedException {
        for (DialectPlugin plugin : plugins.values()) {
            events.released(plugin, plugin.release(Duration.ZERO));
        }
        plugins.clear();
    }
}
