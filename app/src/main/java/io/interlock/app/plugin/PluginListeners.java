package io.interlock.app.plugin;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sockets at which plugins listen. */
final class PluginListeners {

    private PluginListeners() {}

    /**
     * What a plugin says of its sockets.
     *
     * @throws IllegalArgumentException if one is no IP address
     */
    static Set<InetSocketAddress> checked(Set<InetSocketAddress> listeners) {
        if (listeners.stream().anyMatch(InetSocketAddress::isUnresolved)) {
            throw new IllegalArgumentException("its listeners are no IP addresses: " + listeners);
        }
        return Set.copyOf(listeners);
    }

    /** The ports of these plugins, each with the id of one that listens there. */
    static SortedMap<Integer, String> ports(Collection<ConfiguredPlugin> plugins) {
        SortedMap<Integer, String> ports = new TreeMap<>();
        plugins.forEach(plugin ->
                plugin.listeners().forEach(listener -> ports.putIfAbsent(listener.getPort(), plugin.pluginId())));
        return Collections.unmodifiableSortedMap(ports);
    }

    /** Why a load balancer cannot be used beside others; empty if it can. */
    static Optional<String> conflict(ConfiguredPlugin newcomer, Collection<ConfiguredPlugin> others) {
        for (ConfiguredPlugin other : others) {
            if (other.pluginId().equals(newcomer.pluginId())) {
                continue;
            }
            for (InetSocketAddress desired : newcomer.listeners()) {
                if (other.listeners().stream().anyMatch(taken -> overlap(taken, desired))) {
                    return Optional.of("would listen on port " + desired.getPort() + ", as plugin " + other.pluginId()
                            + " does: give one of them a port of its own in its section of the configuration file, or keep one"
                            + " off with $.plugins." + newcomer.pluginId() + ".enabled");
                }
            }
        }
        return Optional.empty();
    }

    private static boolean overlap(InetSocketAddress one, InetSocketAddress other) {
        return one.getPort() == other.getPort()
                && (one.getAddress().isAnyLocalAddress()
                        || other.getAddress().isAnyLocalAddress()
                        || one.getAddress().equals(other.getAddress()));
    }
}
