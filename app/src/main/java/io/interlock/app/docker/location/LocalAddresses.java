package io.interlock.app.docker.location;

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

    /** Whether a name or address is one of this host's. May ask a name server. */
    public static boolean isNameOfThisHost(String host) {
        try {
            return isOfThisHost(resolve(host));
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
