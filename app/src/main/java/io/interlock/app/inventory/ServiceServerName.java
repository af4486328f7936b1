package io.interlock.app.inventory;

/** Names of servers of services: {@code NAME@ADDRESS:PORT}, with the name of the file without {@code .json}. */
public final class ServiceServerName {

    private static final String SEPARATOR = "@";
    private static final String END_OF_FILE = ".json";

    private ServiceServerName() {}

    /**
     * @param service the name of the file without {@code .json}
     * @param address {@code ADDRESS:PORT}
     */
    public static String of(String service, String address) {
        return service + SEPARATOR + address;
    }

    /** Returns the name of the file that gives a server. */
    public static String file(String server) {
        return server.substring(0, Math.max(0, server.indexOf(SEPARATOR))) + END_OF_FILE;
    }
}
