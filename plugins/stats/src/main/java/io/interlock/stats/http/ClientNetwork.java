package io.interlock.stats.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** What counts as one client: an IPv4 address, or an IPv6 network of 64 bits. */
final class ClientNetwork {

    /** The end of the address that the owner of an IPv6 network chooses. */
    private static final int PREFIX_BYTES = 8;

    private ClientNetwork() {}

    /** The first address of the client's network. */
    static InetAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = Arrays.copyOf(Arrays.copyOf(address.getAddress(), PREFIX_BYTES), address.getAddress().length);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 16 bytes is one", e);
        }
    }
}
