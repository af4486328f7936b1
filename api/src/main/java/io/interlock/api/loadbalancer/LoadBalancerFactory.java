package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.pf4j.ExtensionPoint;

/**
 * Extension point of load balancers. A plugin has one implementation, annotated with {@code @Extension}; its public
 * constructor without arguments must do nothing.
 *
 * @param <C> the plugin's own configuration: a record with a public canonical constructor. The host binds it from the
 *     section {@code plugins.<id>} of the configuration file. Component {@code templatePath} is bound from key
 *     {@code template_path}. A key without a component is an error with its JSON path. An object component that the
 *     section lacks is null ({@link java.util.Optional}: empty), so that the canonical constructor can set the default.
 *     An {@link IllegalArgumentException} of the constructor is shown to the operator.
 */
public interface LoadBalancerFactory<C> extends ExtensionPoint {

    /** Kind of load balancer, for people: {@code haproxy}, {@code nginx}. */
    String type();

    /** The class to which the host binds the plugin's section. */
    Class<C> configType();

    /**
     * Sockets on which the load balancer will listen. The host uses them to detect two load balancers that want the
     * same port, before either is created; the later one is not used.
     *
     * <p>The default is the operator's general port at all addresses. A plugin that runs beside others has a
     * {@code port} in its own section.
     *
     * @return the sockets; the wildcard address stands for all addresses
     */
    @Experimental
    default Set<InetSocketAddress> listeners(C config, ProxySettings settings) {
        return Set.of(new InetSocketAddress(settings.port()));
    }

    /**
     * Returns the files that a load balancer reads when it is created. If the content of one changes, the host treats that as a change
     * of the configuration. The default is none.
     *
     * @return absolute paths, not of files that the plugin writes
     */
    @Experimental
    default Set<Path> files(C config) {
        return Set.of();
    }

    /**
     * Decides about a change of the configuration while a load balancer runs. If it agrees, the host creates another one with the
     * changed configuration, which takes over after {@link LoadBalancer#handOver}, as a new version of the
     * plugin does. The default agrees; the host refuses for a load balancer that does not implement
     * {@code handOver}, because requests would be lost.
     *
     * @param running the configuration of the one that runs
     * @param changed the configuration that the operator wants, of the same class
     * @return why the change must wait for the next start of Interlock, for the operator; empty: it need not
     */
    @Experimental
    default Optional<String> refusal(C running, C changed) {
        return Optional.empty();
    }

    /**
     * Creates the load balancer. Called at most once for each start of the plugin, on the thread that later calls
     * {@link LoadBalancer#apply}. It checks what can be checked at once (for example whether a program is missing),
     * starts nothing and changes nothing: the proxy starts with the first apply. A predecessor with the same data
     * directory may be serving until its {@link LoadBalancer#handOver}.
     *
     * @throws LoadBalancerUnavailableException if this can never work as configured; the message says what to do
     */
    LoadBalancer create(C config, LoadBalancerContext context)
            throws LoadBalancerUnavailableException, InterruptedException;
}
