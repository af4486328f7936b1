package io.interlock.app.docker;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** IP addresses: as text, by name, and those of this host. */
final class Addresses {

    private Addresses() {}

    /** The address of a host, IPv4 if it has one. */
    static InetAddress resolve(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        return Stream.of(all).filter(Inet4Address.class::isInstance).findFirst().orElse(all[0]);
    }

    /** Whether it is an address of this host: a loopback one, or of one of its interfaces. */
    static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    /** Whether this host, or container, has an interface of this name. */
    static boolean isInterfaceOfThisHost(String name) {
        try {
            return NetworkInterface.getByName(name) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
