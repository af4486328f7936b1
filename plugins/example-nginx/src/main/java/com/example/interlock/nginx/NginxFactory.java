package com.example.interlock.nginx;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerContext;
import io.interlock.api.loadbalancer.LoadBalancerFactory;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.loadbalancer.ProxySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import org.pf4j.Extension;

/** Factory of the nginx load balancer, which the plugin host finds in the plugin's jar. */
@Extension
public final class NginxFactory implements LoadBalancerFactory<NginxConfig> {

    @Override
    public String type() {
        return "nginx";
    }

    @Override
    public Class<NginxConfig> configType() {
        return NginxConfig.class;
    }

    @Override
    public Set<InetSocketAddress> listeners(NginxConfig config, ProxySettings settings) {
        return Set.of(new InetSocketAddress(config.port()));
    }

    /** Creates the load balancer. Checks everything that can be checked immediately, and starts nothing. */
    @Override
    public LoadBalancer create(NginxConfig config, LoadBalancerContext context)
            throws LoadBalancerUnavailableException {
        NginxFiles folder = new NginxFiles(context.dataDirectory());
        try {
            NginxProcess nginx = new NginxProcess(NginxProcess.find(config.binary()), folder, context::requestApply);
            NginxTemplate template = new NginxTemplate(config.templatePath());
            template.text();
            return new NginxLoadBalancer(config, context, folder, template, nginx);
        } catch (IOException | IllegalArgumentException e) {
            throw new LoadBalancerUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
