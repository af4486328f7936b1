package io.interlock.app.config.value;

/** What may stand for a host and a port. Nothing here asks a name server. */
final class HostSyntax {

    /** In characters, of any address with all that belongs to it. Bounds what regular expressions have to look at. */
    static final int LONGEST = 1_024;

    /** A host name or an IPv4 address. */
    static final String NAME =
            "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?" + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";

    private static final int HIGHEST_PORT = 65_535;

    private HostSyntax() {}

    static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= HIGHEST_PORT;
    }
}
