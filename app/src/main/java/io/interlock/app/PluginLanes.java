package io.interlock.app;

import io.interlock.app.loadbalancer.LoadBalancerManager;
import io.interlock.app.plugin.Plugged;
import io.interlock.app.plugin.PluggedLoadBalancer;
import io.interlock.app.plugin.PluggedSink;
import io.interlock.app.plugin.PluginUsers;
import io.interlock.app.sinks.SinkLanes;

/** Brings what plugins offer to the lanes for it. */
record PluginLanes(LoadBalancerManager loadBalancers, SinkLanes sinks) implements PluginUsers {

    @Override
    public void use(Plugged plugged) {
        switch (plugged) {
            case PluggedLoadBalancer loadBalancer -> loadBalancers.use(loadBalancer);
            case PluggedSink sink -> sinks.use(sink);
        }
    }

    @Override
    public void end(String pluginId) {
        loadBalancers.end(pluginId);
        sinks.end(pluginId);
    }
}
