package io.interlock.app.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** What may stand for a host and a port. Nothing here asks a name server. */
final class Hosts {

    /** In characters, of any address with all that belongs to it. Bounds what regular expressions have to look at. */
    static final int LONGEST = 1_024;

    /** A host name or an IPv4 address. */
    static final String NAME =
            "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?" + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";

    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");
    private static final int HIGHEST_PORT = 65_535;

    private Hosts() {}

    /** Whether this is an IPv6 address, without brackets. */
    static boolean isIpv6(String text) {
        if (!IPV6_CHARACTERS.matcher(text).matches()) {
            return false;
        }
        try {
            // A literal with a colon is never looked up.
            return InetAddress.getByName(text) instanceof Inet6Address;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= HIGHEST_PORT;
    }
}
