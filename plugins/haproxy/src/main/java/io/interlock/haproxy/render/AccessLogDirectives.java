package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.AccessLogSettings;
import io.interlock.haproxy.render.directive.CorrelationRules;
import io.interlock.haproxy.render.directive.HaproxyQuoting;
import java.util.ArrayList;
import java.util.List;

/**
 * Directives that have HAProxy keep a line for each request in a ring. Everything that a client can choose is in
 * base64: it cannot end a field or a line, and arrives byte for byte. The line stands in the structured data of RFC
 * 5424, so that {@code syslog_addr} keeps the format that the operator chose.
 */
public final class AccessLogDirectives {

    /** HAProxy's name of the ring. */
    public static final String RING = "interlock.requests";

    /** First word of a line; the number is that of the format. */
    public static final String MARK = "il2";

    /** Stands for the status and the like of a TCP connection. */
    public static final int NO_STATUS = -1;

    /** Bytes of the ring in each worker: about 10,000 lines. */
    public static final int RING_SIZE = 4 << 20;

    /** Below HAProxy's smallest buffer, beyond which it does not show a line. */
    private static final int MAX_LINE = 16_000;

    private static final int MAX_URI = 4_000;
    private static final int MAX_HOST = 500;
    private static final int MAX_VALUE = 1_000;
    private static final int MAX_METHOD = 200;

    /** Bytes of all selected headers. */
    private static final int HEADER_SPACE = 4_500;

    private static final String BACKEND = "%b";

    private final AccessLogSettings settings;
    private final boolean spares;

    /**
     * @param spares whether spare backends stand for others
     */
    public AccessLogDirectives(AccessLogSettings settings, boolean spares) {
        this.settings = settings;
        this.spares = spares;
    }

    /** Whole lines for the section {@code global}. */
    public static List<String> globals() {
        return List.of(
                "log ring@" + RING + " len " + MAX_LINE + " format rfc5424 local0",
                // A connection that reads the ring is idle while there are no requests, for as long as a worker may
                // live.
                "stats timeout 24d",
                "stats maxconn 32");
    }

    /** Size of the buffer that HAProxy needs for the first line of a request. */
    public static int requestLine() {
        return MAX_URI + MAX_METHOD;
    }

    /** The section of the ring. */
    public static String section() {
        return """
                ring %s
                    format rfc5424
                    maxlen %d
                    size %d
                """.formatted(RING, MAX_LINE, RING_SIZE);
    }

    /**
     * Whole lines for the defaults of requests.
     *
     * @param syslog whether they already log to another target
     */
    public List<String> requests(boolean syslog) {
        List<String> words = new ArrayList<>(List.of(
                MARK,
                "%pid",
                "%rt",
                "%ci",
                "%cp",
                "%Ts.%ms",
                "%ft",
                spares ? "%[var(txn.backend)]" : BACKEND,
                "%s",
                "%TR/%Tw/%Tc/%Tr/%Ta",
                "%ST",
                "%U",
                "%B",
                "%tsc",
                "%ac/%fc/%bc/%sc/%rc",
                "%sq/%bq",
                "%sslv",
                encoded("capture.req.method", MAX_METHOD),
                encoded("capture.req.uri", MAX_URI),
                encoded("capture.req.ver", MAX_METHOD),
                encoded("var(txn.log_host)", MAX_HOST),
                encoded("var(txn.log_agent)", MAX_VALUE),
                encoded("var(txn.log_referer)", MAX_VALUE),
                // Both have checked characters and lengths.
                "%[var(" + CorrelationRules.REQUEST_ID + ")]",
                "%[var(" + CorrelationRules.TRACEPARENT + ")]"));
        for (int i = 0; i < settings.requestHeaders().size(); i++) {
            words.add(encoded("var(txn.log_q" + i + ")", headerSize()));
        }
        for (int i = 0; i < settings.responseHeaders().size(); i++) {
            words.add(encoded("var(txn.log_s" + i + ")", headerSize()));
        }
        return lines(words, syslog);
    }

    /** Whole lines for the defaults of TCP connections. */
    public List<String> connections(boolean syslog) {
        List<String> words = List.of(
                MARK,
                "%pid",
                "%rt",
                "%ci",
                "%cp",
                "%Ts.%ms",
                "%ft",
                BACKEND,
                "%s",
                "-1/%Tw/%Tc/-1/%Tt",
                String.valueOf(NO_STATUS),
                "%U",
                "%B",
                "%ts--",
                "%ac/%fc/%bc/%sc/%rc",
                "%sq/%bq",
                "%sslv");
        return lines(words, syslog);
    }

    /** The first rules of a listener for requests. */
    public List<String> rules() {
        List<String> rules = new ArrayList<>();
        rules.add("http-request set-var(txn.log_host) req.fhdr(host)");
        rules.add("http-request set-var(txn.log_agent) req.fhdr(user-agent)");
        rules.add("http-request set-var(txn.log_referer) req.fhdr(referer)");
        for (int i = 0; i < settings.requestHeaders().size(); i++) {
            rules.add("http-request set-var(txn.log_q" + i + ") req.fhdr("
                    + settings.requestHeaders().get(i) + ")");
        }
        for (int i = 0; i < settings.responseHeaders().size(); i++) {
            rules.add("http-after-response set-var(txn.log_s" + i + ") res.fhdr("
                    + settings.responseHeaders().get(i) + ")");
        }
        return rules;
    }

    private int headerSize() {
        int headers =
                settings.requestHeaders().size() + settings.responseHeaders().size();
        return Math.min(MAX_VALUE, HEADER_SPACE / Math.max(1, headers));
    }

    private static List<String> lines(List<String> words, boolean syslog) {
        String data = "log-format-sd " + HaproxyQuoting.quote(String.join(" ", words));
        return syslog ? List.of(data) : List.of("log global", "log-format -", data);
    }

    private static String encoded(String fetch, int most) {
        return "%[" + fetch + ",bytes(0," + most + "),base64]";
    }
}
