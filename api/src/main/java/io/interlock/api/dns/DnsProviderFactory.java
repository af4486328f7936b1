package io.interlock.api.dns;

import io.interlock.api.Experimental;
import io.interlock.api.plugin.PluginContext;
import java.time.Duration;
import org.pf4j.ExtensionPoint;

/**
 * Extension point of DNS providers. A plugin has one implementation, annotated with {@code @Extension}; its public
 * constructor without arguments must do nothing.
 *
 * @param <C> the plugin's own configuration, bound from its section of the configuration file in the same way as that
 *     of a {@link io.interlock.api.loadbalancer.LoadBalancerFactory}. It must be possible to bind an empty section: the
 *     plugin may be installed and not used.
 */
@Experimental
public interface DnsProviderFactory<C> extends ExtensionPoint {

    /** Time limit of each call of a provider. */
    Duration LONGEST_CALL = Duration.ofMinutes(2);

    /** The name by which {@code provider} in the section {@code acme.dns} selects it: {@code rfc2136}. */
    String type();

    /** The class to which the host binds the plugin's section. */
    Class<C> configType();

    /**
     * Creates the provider. Called only if the configuration uses it, at most once for each start of the plugin.
     *
     * @throws Exception if the provider cannot work, for example because its section lacks a key; the message is for the
     *     operator and says what to do
     */
    DnsProvider create(C config, PluginContext context) throws Exception;
}
