package io.interlock.app.plugin;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.dns.DnsProvider;
import io.interlock.api.dns.DnsProviderFactory;
import io.interlock.api.plugin.PluginContext;
import io.interlock.app.plugin.guard.PluginCallException;
import io.interlock.app.plugin.guard.PluginCallGuard;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.plugin.jar.StagedJar;
import io.interlock.pluginhost.LoadedPlugin;
import io.interlock.pluginhost.PluginSectionBinder;
import io.interlock.pluginhost.PluginSectionBinder.SectionException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plugin for a DNS provider. */
public final class DnsProviderPlugin extends ConfiguredPlugin {

    private static final Logger log = LoggerFactory.getLogger("plugin");

    private final DnsProviderFactoryBinding<?> binding;
    private final PluginCallGuard calls;

    DnsProviderPlugin(
            StagedJar jar,
            LoadedPlugin plugin,
            PluginStamp stamp,
            DnsProviderFactoryBinding<?> binding,
            String type,
            PluginTimeLimits limits) {
        super(jar, plugin, stamp, type);
        this.binding = binding;
        this.calls =
                new PluginCallGuard(jar.id(), plugin.classLoader(), DnsProviderFactory.LONGEST_CALL, limits.grace());
    }

    /** Factory with a configuration of the type that it requires. */
    record DnsProviderFactoryBinding<C>(DnsProviderFactory<C> factory, C config) {

        DnsProvider create(PluginContext context) throws Exception {
            return factory.create(config, context);
        }

        /** Checks that another section can be bound. */
        void bind(PluginSectionBinder changed) throws SectionException {
            C unused = changed.bind(factory.configType());
        }
    }

    /** Another provider takes the place of this one, and cleans up what this one has added. */
    @Override
    Optional<String> refusal(PluginSectionBinder changed) throws SectionException {
        binding.bind(changed);
        return Optional.empty();
    }

    @Override
    Optional<String> trouble() {
        return calls.trouble().or(() -> jar().inspection().flaw());
    }

    /**
     * Creates the provider. The result throws no exception but {@link PluginCallException} and
     * {@link InterruptedException}, whatever the plugin throws later.
     *
     * @throws PluginCallException if the provider cannot be created; the message says why
     */
    public DnsProvider open(PluginContext context) throws PluginCallException, InterruptedException {
        DnsProvider provider = calls.call("be created", () -> binding.create(context));
        if (provider == null) {
            throw new PluginCallException("its factory made null, which is a defect of the plugin");
        }
        return new GuardedProvider(provider);
    }

    private final class GuardedProvider implements DnsProvider {

        private final DnsProvider provider;

        GuardedProvider(DnsProvider provider) {
            this.provider = provider;
        }

        @Override
        public void present(ChallengeRecord record) throws PluginCallException, InterruptedException {
            calls.call("add the record " + record.name(), () -> {
                provider.present(record);
                return record;
            });
        }

        @Override
        public void cleanUp(ChallengeRecord record) throws PluginCallException, InterruptedException {
            calls.call("remove the record " + record.name(), () -> {
                provider.cleanUp(record);
                return record;
            });
        }

        @Override
        public void close() {
            try {
                calls.call("close", () -> {
                    provider.close();
                    return pluginId();
                });
            } catch (PluginCallException e) {
                log.error("plugin {}: {}; something of it may be left running", pluginId(), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
