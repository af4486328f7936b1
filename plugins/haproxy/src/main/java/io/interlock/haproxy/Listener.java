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
        // One socket for each family: on a shared one, IPv4 clients would appear as ::ffff:192.0.2.1.
        List<InetAddress> addresses = address.map(List::of)
                .orElseGet(() ->
                        PortProbe.hasIpv6() ? List.of(any(IPV4_BYTES), any(IPV6_BYTES)) : List.of(any(IPV4_BYTES)));
        return new Listener(
                addresses, addresses.stream().map(one -> bind(one, port)).toList());
    }

    private static String bind(InetAddress address, int port) {
        String host = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + host + "]:" + port + " v6only" : host + ":" + port;
    }

    private static InetAddress any(int bytes) {
        try {
            return InetAddress.getByAddress(new byte[bytes]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }
}
