package io.interlock.haproxy;

import io.interlock.haproxy.process.PortProbe;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Where HAProxy listens.
 *
 * @param addresses one for each socket
 * @param binds the same as HAProxy's {@code bind} takes it
 */
record Listener(List<InetAddress> addresses, List<String> binds) {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    Listener {
        addresses = List.copyOf(addresses);
        binds = List.copyOf(binds);
    }

    /**
     * @param address empty: all that the machine has
     */
    static Listener of(Optional<InetAddress> address, int port) {
        InetAddress chosen = address.orElseGet(() -> any(PortProbe.hasIpv6() ? IPV6_BYTES : IPV4_BYTES));
        boolean both = chosen instanceof Inet6Address && chosen.isAnyLocalAddress();
        String host = chosen.getHostAddress();
        String bind = chosen instanceof Inet6Address ? "[" + host + "]:" + port : host + ":" + port;
        return both
                ? new Listener(List.of(chosen, any(IPV4_BYTES)), List.of("[::]:" + port + " v4v6"))
                : new Listener(List.of(chosen), List.of(bind));
    }

    private static InetAddress any(int bytes) {
        try {
            return InetAddress.getByAddress(new byte[bytes]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }
}
