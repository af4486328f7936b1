package io.interlock.api.dialect;

import io.interlock.api.Experimental;
import org.pf4j.ExtensionPoint;

/**
 * Extension point of dialects. A plugin has one implementation, annotated with {@code @Extension}; its public constructor
 * without arguments must do nothing. The id of the plugin is {@code dialect-NAME}; the operator selects it with NAME in
 * {@code dialects} of the configuration. Without that, the host does not load the plugin.
 *
 * @param <C> the plugin's own configuration, bound from its section of the configuration file in the same way as that
 *     of a {@link io.interlock.api.loadbalancer.LoadBalancerFactory}
 */
@Experimental
public interface LabelDialectFactory<C> extends ExtensionPoint {

    /** The proxy whose labels the dialect reads, for people: {@code Traefik}. */
    String type();

    /** The class to which the host binds the plugin's section. */
    Class<C> configType();

    /**
     * Creates the dialect. Called once for each start of the plugin. May read files that the configuration names.
     *
     * @throws Exception if the dialect cannot work; the message is for the operator and says what to do
     */
    LabelDialect create(C config) throws Exception;
}
