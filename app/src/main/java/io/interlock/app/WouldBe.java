package io.interlock.app;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.Preview;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.loadbalancer.PluginLoadBalancerContext;
import io.interlock.app.plugin.PluggedLoadBalancer;
import io.interlock.app.status.Proxies;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What load balancers would write if they were in use. They are opened for that, and closed again. */
record WouldBe(InterlockConfig config, List<PluggedLoadBalancer> loadBalancers) {

    Map<String, Preview> previews(TopologySnapshot snapshot) throws IOException, InterruptedException {
        DataDirectory data = DataDirectory.shared(config.dataDir());
        Map<String, LoadBalancer> opened = new TreeMap<>();
        try {
            for (PluggedLoadBalancer plugged : loadBalancers) {
                String id = plugged.pluginId();
                opened.put(
                        id,
                        plugged.open(new PluginLoadBalancerContext(
                                id, data.ofPlugin(id), Clock.systemUTC(), config.proxy(), () -> {})));
            }
            return new Proxies(() -> opened).previews(snapshot);
        } catch (LoadBalancerUnavailableException e) {
            throw new IOException("a load balancer cannot be used: " + e.getMessage(), e);
        } finally {
            opened.values().forEach(LoadBalancer::close);
        }
    }
}
