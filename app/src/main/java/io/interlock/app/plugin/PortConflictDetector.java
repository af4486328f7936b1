package io.interlock.app.plugin;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Optional;

/** Detects load balancers that need the same port. */
final class PortConflictDetector {

    private PortConflictDetector() {}

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
