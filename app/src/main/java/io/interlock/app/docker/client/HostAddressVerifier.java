package io.interlock.app.docker.client;

import io.interlock.app.docker.http.EngineEndpoint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether an address at which an engine publishes a port can be one of the engine's host. An engine that is
 * wrong or hostile could otherwise send requests anywhere.
 *
 * @param host the name or address at which the engine is reached; empty: it is on this host
 * @param inContainer whether this process runs in a container, which cannot see the addresses of its host
 */
public record HostAddressVerifier(Optional<String> host, boolean inContainer) {

    private static final int UNIQUE_LOCAL = 0xFC;
    private static final int UNIQUE_LOCAL_MASK = 0xFE;

    public static HostAddressVerifier of(EngineEndpoint endpoint, boolean inContainer) {
        return new HostAddressVerifier(
                endpoint.isUnixSocket() ? Optional.empty() : Optional.of(endpoint.host()), inContainer);
    }

    /** Whether the engine is believed that its host has this address. May look up the engine's name. */
    public boolean isOfHost(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return true;
        }
        Set<InetAddress> reached = reached();
        if (reached.contains(address) || (inContainer && isPrivate(address))) {
            return true;
        }
        return isOfThisHost(address)
                && (host.isEmpty() || reached.stream().anyMatch(HostAddressVerifier::isOfThisHost));
    }

    private Set<InetAddress> reached() {
        try {
            return host.isEmpty() ? Set.of() : Set.of(InetAddress.getAllByName(host.get()));
        } catch (UnknownHostException | IllegalArgumentException unknown) {
            return Set.of();
        }
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isSiteLocalAddress()
                || (address instanceof Inet6Address && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL);
    }

    private static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
