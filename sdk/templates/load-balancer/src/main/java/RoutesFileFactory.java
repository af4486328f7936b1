package ${package};

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.ProxySettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import org.pf4j.Extension;

/** Creates the load balancer; Interlock finds this class in the plugin's jar. */
@Extension
public final class RoutesFileFactory implements LoadBalancerFactory<RoutesFileConfig> {

    @Override
    public String type() {
        return "routes file";
    }

    @Override
    public Class<RoutesFileConfig> configType() {
        return RoutesFileConfig.class;
    }

    /** It listens nowhere. */
    @Override
    public Set<InetSocketAddress> listeners(RoutesFileConfig config, ProxySettings settings) {
        return Set.of();
    }

    @Override
    public LoadBalancer create(RoutesFileConfig config, LoadBalancerContext context) {
        Path file = config.file().orElse(Path.of("routes.txt"));
        return new RoutesFileLoadBalancer(context.dataDirectory().resolve(file));
    }
}
