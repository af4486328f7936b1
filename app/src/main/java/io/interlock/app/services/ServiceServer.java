package io.interlock.app.services;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Server of a service, as its file gives it.
 *
 * @param host an IP address, or a host name in lower case
 * @param port 1 to 65535
 * @param weight replaces the weight of the file; empty: that of the file
 * @param backup replaces the one of the file; empty: that of the file
 */
record ServiceServer(String host, int port, OptionalInt weight, Optional<Boolean> backup) {

    /** Returns {@code HOST:PORT}, an IPv6 address in brackets. */
    String address() {
        return address(host, port);
    }

    static String address(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
