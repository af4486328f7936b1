package io.interlock.app;

import io.interlock.app.dns.DnsProviderManager;
import io.interlock.app.loadbalancer.LoadBalancerManager;
import io.interlock.app.plugin.ConfiguredPlugin;
import io.interlock.app.plugin.DnsProviderPlugin;
import io.interlock.app.plugin.LoadBalancerPlugin;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.SinkPlugin;
import io.interlock.app.sinks.SinkManager;

/**
 * Passes the extensions of plugins to the managers of load balancers, of sinks and of DNS providers.
 *
 * @param events the listener for the state of DNS providers
 */
record PluginDispatcher(
        LoadBalancerManager loadBalancers,
        SinkManager sinks,
        DnsProviderManager dnsProviders,
        PluginConsumer.StateListener events)
        implements PluginConsumer {

    @Override
    public void use(ConfiguredPlugin plugged) {
        switch (plugged) {
            case LoadBalancerPlugin loadBalancer -> loadBalancers.use(loadBalancer);
            case SinkPlugin sink -> sinks.use(sink);
            case DnsProviderPlugin provider -> dnsProviders.use(provider, events);
        }
    }

    @Override
    public void end(String pluginId) {
        loadBalancers.end(pluginId);
        sinks.end(pluginId);
        dnsProviders.end(pluginId);
    }
}
