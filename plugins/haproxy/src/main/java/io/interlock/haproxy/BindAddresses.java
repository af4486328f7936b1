package io.interlock.haproxy;

import io.interlock.haproxy.process.PortProbe;
import io.interlock.util.IpLiteral;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Addresses on which HAProxy listens.
 *
 * @param addresses one for each socket
 * @param binds the same addresses in the notation of HAProxy's {@code bind}
 */
record BindAddresses(List<InetAddress> addresses, List<String> binds) {

    private static final InetAddress ANY_IPV4 = IpLiteral.of("0.0.0.0");
    private static final InetAddress ANY_IPV6 = IpLiteral.of("::");

    BindAddresses {
        addresses = List.copyOf(addresses);
        binds = List.copyOf(binds);
    }

    /**
     * @param address empty: all addresses of the machine
     */
    static BindAddresses of(Optional<InetAddress> address, int port) {
        // One socket for each family: on a shared one, IPv4 clients would appear as ::ffff:192.0.2.1.
        List<InetAddress> addresses = address.map(List::of)
                .orElseGet(() -> PortProbe.hasIpv6() ? List.of(ANY_IPV4, ANY_IPV6) : List.of(ANY_IPV4));
        return new BindAddresses(
                addresses, addresses.stream().map(one -> bind(one, port)).toList());
    }

    /** The sockets at this port. */
    Stream<InetSocketAddress> sockets(int port) {
        return addresses.stream().map(address -> new InetSocketAddress(address, port));
    }

    private static String bind(InetAddress address, int port) {
        String host = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + host + "]:" + port + " v6only" : host + ":" + port;
    }
}
