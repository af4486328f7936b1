package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.ServerSpec;

/**
 * Parameters that follow a server's address, in the configuration and in {@code add server} alike: the latter inherits
 * nothing from {@code default-server}.
 *
 * <p>A failed connection counts as a failed check and triggers a check immediately; after two failures in a row the
 * server gets no more requests. While its state is in doubt, and after it went down, HAProxy checks it more often, and
 * one success is enough to bring it back.
 */
public final class ServerParameters {

    /** Maximum number of requests that wait in one backend, so that other backends get connections too. */
    private static final int MOST_WAITING = 256;

    /** Start of the thresholds in the parameters of a backend's servers. */
    static final String THRESHOLDS = "rise ";

    private static final long FAST = 100;
    private static final long WHILE_DOWN = 500;

    private ServerParameters() {}

    /**
     * The parameters of a server that is added at run time.
     *
     * @param defaults parameters common to all servers of its backend; may be empty
     */
    public static String ofNew(ServerSpec server, String defaults) {
        return server.isWaiting() || defaults.isEmpty() ? of(server, defaults) : of(server, defaults) + " " + defaults;
    }

    /**
     * The parameters of a server in the configuration.
     *
     * @param defaults parameters common to all servers of its backend; may be empty
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
