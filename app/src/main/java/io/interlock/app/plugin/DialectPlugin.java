package io.interlock.app.plugin;

import io.interlock.api.dialect.LabelDialect;
import io.interlock.api.dialect.LabelDialectFactory;
import io.interlock.app.dialect.NamedDialect;
import io.interlock.app.plugin.guard.DialectFailedException;
import io.interlock.app.plugin.guard.DialectGuard;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import java.util.Optional;

/** Plugin for a dialect. */
public final class DialectPlugin extends ConfiguredPlugin {

    /** What the id of every dialect begins with; the rest is its name in {@code dialects} of the configuration. */
    public static final String PREFIX = "dialect-";

    private final DialectFactoryBinding<?> binding;
    private final DialectGuard guard;

    DialectPlugin(
            StagedJar jar,
            LoadedPlugin plugin,
            PluginStamp stamp,
            DialectFactoryBinding<?> binding,
            PluginTimeLimits limits) {
        super(jar, plugin, stamp, binding.factory().type());
        this.binding = binding;
        this.guard = new DialectGuard(jar.id(), plugin.classLoader(), limits);
    }

    /** Factory with a configuration of the type that it requires. */
    record DialectFactoryBinding<C>(LabelDialectFactory<C> factory, C config) {

        Optional<String> refusal(PluginSectionBinder changed) throws SectionException {
            C unused = changed.bind(factory.configType());
            return Optional.empty();
        }

        LabelDialect create() throws Exception {
            return factory.create(config);
        }
    }

    /** The name of the dialect, as in {@code dialects} of the configuration. */
    public String dialectName() {
        return pluginId().substring(PREFIX.length());
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
     * Creates the dialect, which never throws.
     *
     * @throws DialectFailedException if it cannot be created; the message says why
     */
    public NamedDialect open() throws DialectFailedException {
        LabelDialect dialect = guard.open(binding::create);
        return new NamedDialect(dialectName(), dialect.sources(), dialect);
    }
}
