package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.net.InetSocketAddress;
import java.util.Set;
import org.pf4j.ExtensionPoint;

/**
 * The extension point of load balancers. A plugin has one implementation, annotated with {@code @Extension} and with a
 * public constructor without arguments, which must do nothing.
 *
 * @param <C> the plugin's own configuration: a record with public canonical constructor, bound by the host from the
 *     section {@code plugins.<id>} of the configuration file. Component {@code templatePath} is bound from key
 *     {@code template_path}; a key that no component stands for is an error with its JSON path; a component that the
 *     section lacks is null for objects ({@link java.util.Optional}: empty), so that the canonical constructor can put
 *     the default. An {@link IllegalArgumentException} that the constructor throws is shown to the operator.
 */
public interface LoadBalancerFactory<C> extends ExtensionPoint {

    /** What kind of load balancer this makes, for people: {@code haproxy}, {@code nginx}. */
    String type();

    /** The class to bind the plugin's section to. */
    Class<C> configType();

    /**
     * Where the load balancer will listen. Two load balancers that want the same port are told apart by this before
     * either is created, and the one that came later is not used.
     *
     * <p>Unless overridden, this is the operator's general port at all addresses. A plugin that runs beside others has a
     * {@code port} in its own section.
     *
     * @return the sockets; the wildcard address stands for all addresses
     */
    @Experimental
    default Set<InetSocketAddress> listeners(C config, ProxySettings settings) {
        return Set.of(new InetSocketAddress(settings.port()));
    }

    /**
     * Makes the load balancer. Called at most once for each start of the plugin, on the thread that later calls
     * {@link LoadBalancer#apply}. It checks what can be checked at once (a binary that is missing, say), starts
     * nothing and changes nothing: the proxy starts with the first apply. Meanwhile a predecessor with the same data directory
     * may be serving, until its {@link LoadBalancer#handOver}.
     *
     * @throws LoadBalancerUnavailableException if this can never work as configured; the message says what to do
     */
    LoadBalancer create(C config, LoadBalancerContext context)
            throws LoadBalancerUnavailableException, InterruptedException;
}
