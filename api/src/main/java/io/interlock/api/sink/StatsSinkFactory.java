package io.interlock.api.sink;

import io.interlock.api.Experimental;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.pf4j.ExtensionPoint;

/**
 * Extension point of statistics sinks. A plugin has one implementation, annotated with {@code @Extension}; its public
 * constructor without arguments must do nothing.
 *
 * @param <C> the plugin's own configuration, bound from its section of the configuration file in the same way as that
 *     of a {@link io.interlock.api.loadbalancer.LoadBalancerFactory}
 */
@Experimental
public interface StatsSinkFactory<C> extends ExtensionPoint {

    /** Minimum of {@link #interval}. */
    Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    /** Kind of sink, for people: {@code stats}. */
    String type();

    /** The class to which the host binds the plugin's section. */
    Class<C> configType();

    /**
     * Maximum time between two snapshots while nothing changes. After a change a snapshot follows within a second.
     *
     * @return at least {@link #SHORTEST_INTERVAL}; a lower value is raised to it
     */
    default Duration interval(C config) {
        return Duration.ofSeconds(5);
    }

    /**
     * Returns the sockets at which the sink will listen. The host keeps containers from these ports, and does not use a sink
     * that wants the port of another plugin. The default is none.
     *
     * @return the sockets; the wildcard address stands for all addresses
     */
    default Set<InetSocketAddress> listeners(C config) {
        return Set.of();
    }

    /**
     * Returns the files that a sink reads when it is created. If the content of one changes, the host treats that as a change
     * of the configuration. The default is none.
     *
     * @return absolute paths, not of files that the plugin writes
     */
    default Set<Path> files(C config) {
        return Set.of();
    }

    /**
     * Decides about a change of the configuration while a sink runs. If it agrees, the host creates another one with the
     * changed configuration, after the former one was closed. The default agrees.
     *
     * @param running the configuration of the one that runs
     * @param changed the configuration that the operator wants, of the same class
     * @return why the change must wait for the next start of Interlock, for the operator; empty: it need not
     */
    default Optional<String> refusal(C running, C changed) {
        return Optional.empty();
    }

    /**
     * Creates the sink and starts what it needs, for example listeners and permanent connections. Called at most once
     * for each start of the plugin, on the thread that later calls {@link StatsSink#accept}.
     *
     * @throws Exception if the sink cannot work; the message is for the operator and says what to do
     */
    StatsSink create(C config, StatsSinkContext context) throws Exception;
}
