package io.interlock.app.plugin;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import java.net.InetSocketAddress;
import java.util.Set;

/** Factory with a configuration of the type that it requires. */
record LoadBalancerFactoryBinding<C>(LoadBalancerFactory<C> factory, C config) {

    Set<InetSocketAddress> listeners(ProxySettings settings) {
        return PluginListeners.checked(factory.listeners(config, settings));
    }

    LoadBalancer create(LoadBalancerContext context) throws LoadBalancerUnavailableException, InterruptedException {
        return factory.create(config, context);
    }
}
