package io.interlock.haproxy.render.directive;

import java.util.ArrayList;
import java.util.List;

/**
 * Rules that limit the connections of one client, so that half requests of one address do not take all. An IPv6 client
 * is a network. Proxies whose clients are told apart later have no limit.
 */
public final class ClientConnectionRules {

    private static final String HTTP_LISTENER = "interlock.http";
    private static final String TRUSTED = "interlock.upstream";

    private ClientConnectionRules() {}

    /** Whole lines of the listener for requests, which has the table. */
    public static List<String> ofRequests(RenderSettings settings) {
        return rules(settings, List.of("stick-table type ipv6 size 100k expire 10s store conn_cur"), "");
    }

    /** Whole lines of a listener for connections; connections count together with those for requests. */
    public static List<String> ofConnections(RenderSettings settings) {
        return rules(settings, List.of(), " table " + HTTP_LISTENER);
    }

    private static List<String> rules(RenderSettings settings, List<String> before, String table) {
        if (settings.connectionsPerClient() == 0) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(before);
        List<String> trusted = AclValues.sources(settings.proxy().listeners().trustedProxies());
        trusted.forEach(test -> lines.add("acl " + TRUSTED + " " + test));
        lines.add("tcp-request connection track-sc2 src,ipmask(32," + settings.clientPrefix() + ")" + table
                + (trusted.isEmpty() ? "" : " unless " + TRUSTED));
        lines.add("tcp-request connection reject if { sc2_conn_cur gt " + settings.connectionsPerClient() + " }");
        return lines;
    }
}
