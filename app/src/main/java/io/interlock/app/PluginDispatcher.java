package io.interlock.app;

import io.interlock.app.dns.DnsProviderManager;
import io.interlock.app.docker.EngineWatcherManager;
import io.interlock.app.loadbalancer.LoadBalancerEnvironment;
import io.interlock.app.loadbalancer.LoadBalancerManager;
import io.interlock.app.plugin.ConfiguredPlugin;
import io.interlock.app.plugin.DialectPlugin;
import io.interlock.app.plugin.DnsProviderPlugin;
import io.interlock.app.plugin.LoadBalancerPlugin;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.SinkPlugin;
import io.interlock.app.plugin.dialect.DialectManager;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.app.runtime.DataDirectory;
import io.interlock.app.sinks.SinkEnvironment;
import io.interlock.app.sinks.SinkManager;
import io.interlock.app.sinks.SinkStatisticsSource;
import io.interlock.app.status.LoadBalancerQueryService;
import io.interlock.app.status.StatusService;

/**
 * Passes the extensions of plugins to the managers of load balancers, of sinks, of DNS providers and of dialects.
 *
 * @param events the listener for the state of DNS providers and dialects
 */
record PluginDispatcher(
        LoadBalancerManager loadBalancers,
        SinkManager sinks,
        DnsProviderManager dnsProviders,
        DialectManager dialects,
        PluginConsumer.StateListener events)
        implements PluginConsumer {

    /** Creates the managers of load balancers and sinks. */
    static PluginDispatcher of(
            LoadBalancerEnvironment environment,
            DataDirectory data,
            StatusService statusService,
            EngineWatcherManager engines,
            DnsProviderManager dnsProviders,
            DialectManager dialects,
            PluginConsumer.StateListener events) {
        LoadBalancerManager loadBalancers = new LoadBalancerManager(environment, events);
        SinkStatisticsSource sources = new SinkStatisticsSource(
                statusService, new LoadBalancerQueryService(loadBalancers::loadBalancers), engines);
        SinkEnvironment sinkEnvironment =
                new SinkEnvironment(sources, data::ofPlugin, statusService.events(), PluginTimeLimits.USUAL);
        return new PluginDispatcher(
                loadBalancers, new SinkManager(sinkEnvironment, events), dnsProviders, dialects, events);
    }

    @Override
    public void use(ConfiguredPlugin plugged) {
        switch (plugged) {
            case LoadBalancerPlugin loadBalancer -> loadBalancers.use(loadBalancer);
            case SinkPlugin sink -> sinks.use(sink);
            case DnsProviderPlugin provider -> dnsProviders.use(provider, events);
            case DialectPlugin dialect -> dialects.use(dialect, events);
        }
    }

    void closeDialects() throws InterruptedException {
        dialects.close(events);
    }

    @Override
    public void end(String pluginId) {
        loadBalancers.end(pluginId);
        sinks.end(pluginId);
        dnsProviders.end(pluginId);
    }
}
