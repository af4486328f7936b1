package io.interlock.haproxy;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.haproxy.process.ProcessSettings;
import io.interlock.haproxy.process.Statistics;
import io.interlock.haproxy.process.Supervisor;
import io.interlock.haproxy.render.HaproxyVersion;
import io.interlock.haproxy.render.Layout;
import io.interlock.haproxy.render.RenderSettings;
import io.interlock.haproxy.render.TemplateException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;
import org.pf4j.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes HAProxy a load balancer of Interlock: what the host finds in the plugin's jar. */
@Extension
public final class HaproxyFactory implements LoadBalancerFactory<HaproxyConfig> {

    private static final Logger log = LoggerFactory.getLogger(HaproxyFactory.class);

    /** The first version to add and delete servers that are checked. */
    private static final HaproxyVersion SERVERS_AT_RUNTIME = new HaproxyVersion(2, 6);

    @Override
    public String type() {
        return "haproxy";
    }

    @Override
    public Class<HaproxyConfig> configType() {
        return HaproxyConfig.class;
    }

    @Override
    public Set<InetSocketAddress> listeners(HaproxyConfig config, ProxySettings settings) {
        return Listener.of(config.bindAddress(), settings.port()).addresses().stream()
                .map(address -> new InetSocketAddress(address, settings.port()))
                .collect(Collectors.toSet());
    }

    @Override
    public LoadBalancer create(HaproxyConfig config, LoadBalancerContext context)
            throws LoadBalancerUnavailableException, InterruptedException {
        try {
            HaproxyBinary binary = HaproxyBinary.find(config.binary());
            Layout layout = new Layout(context.dataDirectory().toAbsolutePath().normalize());
            Listener listener =
                    Listener.of(config.bindAddress(), context.settings().port());
            TemplateSource template = new TemplateSource(config.templatePath());
            template.current();
            sayWhereStatisticsAre(context.settings());
            boolean runtime = !template.isOwn() && binary.version().isAtLeast(SERVERS_AT_RUNTIME);
            RenderSettings settings = new RenderSettings(
                    context.settings(),
                    binary.version(),
                    layout,
                    listener.binds(),
                    config.threads(),
                    config.connectTryTime(context.settings().connectTimeout()),
                    runtime ? config.spareBackends() : 0,
                    config.hardStopTime());
            Supervisor supervisor = new Supervisor(
                    processSettings(config, context.settings(), binary, layout, listener),
                    context.clock(),
                    context::requestApply);
            Proxy proxy = new Proxy(supervisor, layout, runtime);
            return new HaproxyLoadBalancer(
                    new Source(template, settings, runtime),
                    proxy,
                    new Counting(new Statistics(layout), proxy::places, context.clock()),
                    new Previewing(
                            () -> new Source(new TemplateSource(config.templatePath()), settings, runtime),
                            context.settings().configPath().toAbsolutePath()),
                    context::requestApply);
        } catch (TemplateException | IllegalArgumentException e) {
            throw new LoadBalancerUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ProcessSettings processSettings(
            HaproxyConfig config, ProxySettings proxy, HaproxyBinary binary, Layout layout, Listener listener) {
        return new ProcessSettings(
                binary,
                proxy.configPath().toAbsolutePath(),
                proxy.pidPath().toAbsolutePath(),
                layout,
                listener.addresses(),
                proxy.port(),
                config.reloadTime(),
                config.stopTime());
    }

    private static void sayWhereStatisticsAre(ProxySettings proxy) {
        if (proxy.statsCredentials().isPresent()) {
            log.info("HAProxy's statistics are at port {}, path /haproxy?stats", proxy.port());
        } else {
            log.info("HAProxy's statistics page is off: set stats_user and stats_password to get it at /haproxy?stats");
        }
    }
}
