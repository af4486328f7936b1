package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.loadbalancer.ListenerSettings.LogFormat;
import java.util.ArrayList;
import java.util.List;

/** Directives of listeners that determine the client's address and log requests. */
public final class ListenerDirectives {

    /** Whether the address of the request is that of a trusted proxy. */
    static final String TRUSTED = "interlock.trusted";

    /**
     * Most bytes of a value before it becomes JSON, which takes up to two bytes for each of a URI and six for each of
     * another value. HAProxy drops a value that does not fit into its buffer of 16 kB then.
     */
    private static final int MAX_URI = 8_000;

    private static final String SHORTENED = ",bytes(0,2000)";

    /** Stands for HAProxy's name of the backend, which is that of a spare backend where one is in use. */
    private static final String BACKEND = "%b";

    /** The backend's own name, from the lookup of the host on. */
    private static final String REAL_BACKEND = "%[var(txn.backend)]";

    /** The format of {@code option httplog}. */
    private static final String TEXT = "%ci:%cp [%tr] %ft " + BACKEND + "/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc"
            + " %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r";

    private static final String JSON = String.join(
            ",",
            "{\"time\":%Ts.%ms",
            "\"client\":\"%ci\"",
            "\"client_port\":%cp",
            "\"method\":\"%[capture.req.method" + SHORTENED + ",json(utf8s)]\"",
            "\"host\":\"%[var(txn.log_host)" + SHORTENED + ",json(utf8s)]\"",
            "\"uri\":\"%[capture.req.uri,bytes(0," + MAX_URI + "),json(utf8s)]\"",
            "\"version\":\"%[capture.req.ver,json(utf8s)]\"",
            "\"status\":%ST",
            "\"bytes_read\":%B",
            "\"bytes_uploaded\":%U",
            "\"user_agent\":\"%[var(txn.log_agent)" + SHORTENED + ",json(utf8s)]\"",
            "\"referer\":\"%[var(txn.log_referer)" + SHORTENED + ",json(utf8s)]\"",
            "\"frontend\":\"%f\"",
            "\"backend\":\"" + BACKEND + "\"",
            "\"server\":\"%s\"",
            "\"tls\":\"%sslv\"",
            "\"time_request\":%TR",
            "\"time_queue\":%Tw",
            "\"time_connect\":%Tc",
            "\"time_response\":%Tr",
            "\"time_active\":%Ta",
            "\"retries\":\"%rc\"",
            "\"termination\":\"%ts\"}");

    private final ListenerSettings settings;
    private final boolean spares;

    /**
     * @param spares whether spare backends stand for others
     */
    public ListenerDirectives(ListenerSettings settings, boolean spares) {
        this.settings = settings;
        this.spares = spares;
    }

    /**
     * Whole lines for the section {@code global}.
     *
     * @param requestLine the bytes of the first line of a request that another log needs
     */
    public List<String> globals(int requestLine) {
        // The method and the version of the request count, too.
        int most = Math.max(requestLine, settings.logFormat() == LogFormat.JSON ? MAX_URI : 0);
        return most > 0 ? List.of("tune.http.logurilen " + (most + 192)) : List.of();
    }

    /** The directive that sets the log format. */
    public String logFormat() {
        boolean json = settings.logFormat() == LogFormat.JSON;
        if (!spares && !json) {
            return "option httplog";
        }
        String format = json ? JSON : TEXT;
        return "log-format " + HaproxyQuoting.quote(spares ? format.replace(BACKEND, REAL_BACKEND) : format);
    }

    /** The first rules of a listener for requests. */
    public List<String> rules(boolean logged) {
        List<String> lines = new ArrayList<>(trusted());
        if (!settings.trustedProxies().isEmpty()) {
            lines.addAll(ofConnections(List.of()));
        }
        if (logged && settings.logFormat() == LogFormat.JSON) {
            lines.add("http-request set-var(txn.log_host) req.fhdr(host)");
            lines.add("http-request set-var(txn.log_agent) req.fhdr(user-agent)");
            lines.add("http-request set-var(txn.log_referer) req.fhdr(referer)");
        }
        return lines;
    }

    /** The first rules of a listener for connections. */
    public List<String> ofConnections() {
        return ofConnections(trusted());
    }

    private List<String> ofConnections(List<String> before) {
        if (!settings.proxyProtocol()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(before);
        lines.add("tcp-request connection expect-proxy layer4 if " + TRUSTED);
        return lines;
    }

    private List<String> trusted() {
        return AclValues.sources(settings.trustedProxies()).stream()
                .map(test -> "acl " + TRUSTED + " " + test)
                .toList();
    }
}
