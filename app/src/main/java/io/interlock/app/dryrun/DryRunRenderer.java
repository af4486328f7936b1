package io.interlock.app.dryrun;

import io.interlock.api.loadbalancer.AccessLogReceiver;
import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.config.InterlockConfig;
import io.interlock.app.loadbalancer.PluginLoadBalancerContext;
import io.interlock.app.plugin.LoadBalancerPlugin;
import io.interlock.app.runtime.DataDirectory;
import io.interlock.app.status.LoadBalancerQueryService;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Renders the configurations that load balancers would write. Opens the load balancers for that, and closes them again.
 */
public record DryRunRenderer(InterlockConfig config, List<LoadBalancerPlugin> loadBalancers) {

    public Map<String, ConfigPreview> previews(TopologySnapshot snapshot) throws IOException, InterruptedException {
        DataDirectory data = DataDirectory.shared(config.dataDir());
        Map<String, LoadBalancer> opened = new TreeMap<>();
        try {
            for (LoadBalancerPlugin plugged : loadBalancers) {
                String id = plugged.pluginId();
                opened.put(
                        id,
                        plugged.open(new PluginLoadBalancerContext(
                                id,
                                data.ofPlugin(id),
                                Clock.systemUTC(),
                                config.proxy(),
                                AccessLogReceiver.NONE,
                                () -> {})));
            }
            return new LoadBalancerQueryService(() -> opened).previews(snapshot);
        } catch (LoadBalancerUnavailableException e) {
            throw new IOException("a load balancer cannot be used: " + e.getMessage(), e);
        } finally {
            opened.values().forEach(LoadBalancer::close);
        }
    }
}
