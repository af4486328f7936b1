package io.interlock.app.docker.watch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** IP addresses: as text, by name, and those of this host. */
public final class LocalAddresses {

    private LocalAddresses() {}

    /** The address of a host, IPv4 if it has one. */
    public static InetAddress resolve(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        return Stream.of(all).filter(Inet4Address.class::isInstance).findFirst().orElse(all[0]);
    }

    /** Whether it is an address of this host: a loopback one, or of one of its interfaces. */
    public static boolean isOfThisHost(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }

    /** Whether this host, or container, has an interface of this name. */
    public static boolean isInterfaceOfThisHost(String name) {
        try {
            return NetworkInterface.getByName(name) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
