package io.interlock.app.plugin;

import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSinkContext;
import io.interlock.api.sink.StatsSinkFactory;
import io.interlock.app.plugin.guard.PluginCallException;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.guard.SinkGuard;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Plugin for a statistics sink. */
public final class SinkPlugin extends ConfiguredPlugin {

    private final SinkFactoryBinding<?> binding;
    private final Duration interval;
    private final Set<InetSocketAddress> listeners;
    private final SinkGuard guard;

    SinkPlugin(
            StagedJar jar,
            LoadedPlugin plugin,
            PluginStamp stamp,
            SinkFactoryBinding<?> binding,
            String type,
            Duration interval,
            Set<InetSocketAddress> listeners,
            PluginTimeLimits limits) {
        super(jar, plugin, stamp, type);
        this.binding = binding;
        this.interval = interval;
        this.listeners = listeners;
        this.guard = new SinkGuard(jar.id(), plugin.classLoader(), limits);
    }

    /** Factory with a configuration of the type that it requires. */
    record SinkFactoryBinding<C>(StatsSinkFactory<C> factory, C config) {

        StatsSink create(StatsSinkContext context) throws Exception {
            return factory.create(config, context);
        }

        Set<InetSocketAddress> listeners() {
            return PluginListeners.checked(factory.listeners(config));
        }

        Optional<String> refusal(PluginSectionBinder changed) throws SectionException {
            return factory.refusal(config, changed.bind(factory.configType()));
        }

        Duration interval() {
            Duration asked = factory.interval(config);
            return asked.compareTo(StatsSinkFactory.SHORTEST_INTERVAL) < 0 ? StatsSinkFactory.SHORTEST_INTERVAL : asked;
        }
    }

    /** The longest time between two snapshots. */
    public Duration interval() {
        return interval;
    }

    @Override
    Set<InetSocketAddress> listeners() {
        return listeners;
    }

    @Override
    Optional<String> refusal(PluginSectionBinder changed) throws SectionException {
        return binding.refusal(changed);
    }

    @Override
    Optional<String> trouble() {
        return guard.trouble().or(() -> jar().inspection().flaw());
    }

    /**
     * Creates the sink. The result throws no exception but {@link PluginCallException} and
     * {@link InterruptedException}, whatever the plugin throws later.
     *
     * @throws PluginCallException if the sink cannot be created; the message says why
     */
    public StatsSink open(StatsSinkContext context) throws PluginCallException, InterruptedException {
        return guard.open(() -> binding.create(context));
    }
}
