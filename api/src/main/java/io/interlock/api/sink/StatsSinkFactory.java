package io.interlock.api.sink;

import io.interlock.api.Experimental;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.pf4j.ExtensionPoint;

/**
 * The extension point of statistics sinks. A plugin has one implementation, annotated with {@code @Extension} and with a
 * public constructor without arguments, which must do nothing.
 *
 * @param <C> the plugin's own configuration, bound from its section of the configuration file in the same way as that of a
 *     {@link io.interlock.api.loadbalancer.LoadBalancerFactory}
 */
@Experimental
public interface StatsSinkFactory<C> extends ExtensionPoint {

    /** The least {@link #interval}. */
    Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    /** What kind of sink this makes, for people: {@code stats}. */
    String type();

    /** The class to bind the plugin's section to. */
    Class<C> configType();

    /**
     * How long at most between two snapshots while nothing changes. After a change one comes within a second.
     *
     * @return at least {@link #SHORTEST_INTERVAL}; less is taken as that
     */
    default Duration interval(C config) {
        return Duration.ofSeconds(5);
    }

    /**
     * Where the sink will listen. The host keeps containers from these ports, and does not use a sink that wants the port of a plugin
     * that is used already. Unless overridden, nowhere.
     *
     * @return the sockets; the wildcard address stands for all addresses
     */
    default Set<InetSocketAddress> listeners(C config) {
        return Set.of();
    }

    /**
     * Makes the sink, and starts what it needs: listeners, connections that it keeps. Called at most once for each start
     * of the plugin, on the thread that later calls {@link StatsSink#accept}.
     *
     * @throws Exception if it cannot work; the message is for the operator and says what to do
     */
    StatsSink create(C config, StatsSinkContext context) throws Exception;
}
