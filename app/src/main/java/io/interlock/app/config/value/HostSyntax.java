package io.interlock.app.config.value;

/** Syntax of hosts and ports. Sends no requests to a name server. */
final class HostSyntax {

    /** Maximum number of characters of a complete address. Limits the input of regular expressions. */
    static final int LONGEST = 1_024;

    /** Regular expression of a host name or an IPv4 address. */
    static final String NAME =
            "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?" + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";

    private static final int HIGHEST_PORT = 65_535;

    private HostSyntax() {}

    static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= HIGHEST_PORT;
    }
}
