package io.interlock.haproxy.render.directive;

import io.interlock.api.topology.BackendPolicy;
import io.interlock.haproxy.model.ServerSpec;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Parameters that follow a server's address, in the configuration and in {@code add server} alike.
 *
 * <p>A failed connection triggers a check immediately. Only checks decide: after two failed checks in a row the server
 * gets no more requests, and a busy one, whose tries time out, keeps them while it accepts a check within its interval.
 * While its state is in doubt, and after it went down, HAProxy checks it more often, and one success is enough to bring
 * it back.
 */
public final class ServerParameters {

    /** Maximum number of requests that wait in one backend, so that other backends get connections too. */
    private static final int MOST_WAITING = 256;

    /**
     * What HAProxy before 3.0 gives to a server in the configuration, and not to one that is added. Without it no
     * connection to the server is kept.
     */
    private static final String DEFAULTS_OF_NEW = " pool-max-conn -1 pool-purge-delay 5s";

    private static final String THRESHOLDS = "rise ";

    private static final long FAST = 100;
    private static final long WHILE_DOWN = 500;

    private ServerParameters() {}

    /** The parameters of a server that is added at run time. */
    public static String ofNew(ServerSpec server) {
        return of(server, false) + DEFAULTS_OF_NEW;
    }

    /**
     * The parameters of a server in the configuration.
     *
     * @param sticky whether a cookie ties clients to servers; a server that drains is disabled then, so that they leave
     */
    public static String of(ServerSpec server, boolean sticky) {
        String id = "id " + server.id();
        if (server.isWaiting()) {
            return id + " backup maxconn " + MOST_WAITING;
        }
        long interval = server.traits().checkInterval();
        String asked = server.traits().parameters();
        return id + " check inter " + interval + "ms"
                + " fastinter " + Math.min(interval, FAST) + "ms"
                + " downinter " + Math.min(interval, WHILE_DOWN) + "ms"
                + (asked.contains(THRESHOLDS) ? "" : " fall 2 rise 1")
                + " observe layer4 error-limit 1 on-error fastinter"
                + (server.weight() == ServerSpec.FULL_WEIGHT ? "" : " weight " + server.weight())
                + (server.weight() == 0 && sticky ? " disabled" : "")
                + (server.isBackup() ? " backup" : "")
                + (asked.isEmpty() ? "" : " " + asked);
    }

    /**
     * The parameters for what a container asks for connections to it. Those that concern checks are explicit, because a
     * server that is added does not derive them from the others.
     */
    public static String asked(List<BackendPolicy.ServerPolicy> policies) {
        return policies.stream()
                .sorted(Comparator.comparing(policy -> PolicyOrder.of((BackendPolicy) policy)))
                .map(policy -> asked(policy, policies))
                .collect(Collectors.joining(" "));
    }

    private static String asked(BackendPolicy.ServerPolicy policy, List<BackendPolicy.ServerPolicy> all) {
        return switch (policy) {
            case BackendPolicy.CheckThresholds(int rise, int fall) -> THRESHOLDS + rise + " fall " + fall;
            case BackendPolicy.ConcurrencyLimit(int most) -> "maxconn " + most;
            // With TLS the handshake negotiates it; HAProxy's checks fail with both.
            case BackendPolicy.Http2ToServers http2 ->
                has(BackendPolicy.TlsToServers.class, all) ? "alpn h2 check-alpn h2" : "proto h2";
            case BackendPolicy.ProxyProtocol(int version) ->
                (version == 1 ? "send-proxy" : "send-proxy-v2") + " check-send-proxy";
            case BackendPolicy.SlowStart start -> "slowstart " + start.time().toMillis() + "ms";
            case BackendPolicy.TlsToServers tls ->
                "ssl " + (tls.verified() ? "verify required ca-file @system-ca" : "verify none")
                        + " sni req.fhdr(host),field(1,:) check-ssl"
                        + tls.checkName()
                                .map(name -> " check-sni " + name.value())
                                .orElse("");
        };
    }

    private static boolean has(Class<?> kind, List<BackendPolicy.ServerPolicy> policies) {
        return policies.stream().anyMatch(kind::isInstance);
    }
}
