package io.interlock.haproxy.process;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Compares addresses with their text. */
final class Addresses {

    private Addresses() {}

    static boolean isSame(InetAddress address, String text) {
        if (address.getHostAddress().equals(text)) {
            return true;
        }
        try {
            // A colon is in IPv6 addresses only: nothing is looked up.
            return text.contains(":") && InetAddress.getByName(text).equals(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
