package io.interlock.app.plugin;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Collections;
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
}
