package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.ServerSpec;

/**
 * What follows a server's address, in the configuration and in {@code add server} alike: the latter inherits nothing from
 * {@code default-server}.
 *
 * <p>A connection that fails counts as a failed check, and has the server checked at once; after two failures in a row it
 * gets no more requests. While it is in doubt, and after it went down, it is checked faster, and one success is enough to
 * come back.
 */
public final class ServerParameters {

    /** How many requests may wait in one backend: others get connections, too. */
    private static final int MOST_WAITING = 256;

    /** Begins what a backend says about how many checks it takes. */
    static final String THRESHOLDS = "rise ";

    private static final long FAST = 100;
    private static final long WHILE_DOWN = 500;

    private ServerParameters() {}

    /**
     * The parameters of a server that is added while HAProxy runs.
     *
     * @param defaults what all servers of its backend have; may be empty
     */
    public static String ofNew(ServerSpec server, String defaults) {
        return server.isWaiting() || defaults.isEmpty() ? of(server, defaults) : of(server, defaults) + " " + defaults;
    }

    /**
     * The parameters of a server in the configuration.
     *
     * @param defaults what all servers of its backend have besides; may be empty
     */
    public static String of(ServerSpec server, String defaults) {
        if (server.isWaiting()) {
            return "backup maxconn " + MOST_WAITING;
        }
        long interval = server.checkInterval();
        return "check inter " + interval + "ms"
                + " fastinter " + Math.min(interval, FAST) + "ms"
                + " downinter " + Math.min(interval, WHILE_DOWN) + "ms"
                + (defaults.contains(THRESHOLDS) ? "" : " fall 2 rise 1")
                + " observe layer4 error-limit 1 on-error fail-check"
                + (server.weight() == ServerSpec.FULL_WEIGHT ? "" : " weight " + server.weight())
                + (server.isBackup() ? " backup" : "");
    }
}
