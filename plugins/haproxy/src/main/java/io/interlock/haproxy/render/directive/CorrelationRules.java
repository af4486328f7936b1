package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.ListenerSettings;
import io.interlock.api.topology.BackendPolicy.TraceContext;
import io.interlock.api.topology.BackendPolicy.TraceContext.Origin;
import java.util.ArrayList;
import java.util.List;

/** Rules for the ids by which a request is found again in logs and traces: that of the request and that of its trace. */
public final class CorrelationRules {

    /** Variable with the id of the request; contains no blank. */
    public static final String REQUEST_ID = "txn.request_id";

    /** Variable with the header {@code traceparent} that the server gets; contains no blank. */
    public static final String TRACEPARENT = "txn.traceparent";

    private static final String USABLE_ID = "^[A-Za-z0-9._~+/=:@-]{1,128}$";

    /** CGI takes the other spellings for the same header. */
    private static final String ID_SPELLINGS = "^x-request-id$".replace("-", RequestNormalization.HYPHEN);

    /** https://www.w3.org/TR/trace-context/#traceparent-header, version 00. */
    private static final String VALID_TRACE = "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$";

    private static final int HUNDRED = 100;

    private final ListenerSettings listeners;

    CorrelationRules(ListenerSettings listeners) {
        this.listeners = listeners;
    }

    static List<String> requestIds() {
        return List.of(
                "http-request set-var(" + REQUEST_ID + ") req.fhdr(x-request-id) if { req.fhdr_cnt(x-request-id) eq 1 }"
                        + " { req.fhdr(x-request-id) -m reg -- " + HaproxyQuoting.quote(USABLE_ID) + " }",
                "http-request set-var(" + REQUEST_ID + ") uuid() unless { var(" + REQUEST_ID + ") -m found }",
                RequestNormalization.delete(ID_SPELLINGS),
                "http-request set-header X-Request-Id %[var(" + REQUEST_ID + ")]",
                "http-after-response set-header X-Request-Id %[var(" + REQUEST_ID + ")]" + " if { var(" + REQUEST_ID
                        + ") -m found }");
    }

    List<String> traceContext(TraceContext context) {
        String known = "{ var(" + TRACEPARENT + ") -m found }";
        List<String> rules = new ArrayList<>();
        if (context.origin() != Origin.ALWAYS_HERE
                || !listeners.trustedProxies().isEmpty()) {
            rules.add("http-request set-var(" + TRACEPARENT + ") req.fhdr(traceparent)"
                    + " if { req.fhdr_cnt(traceparent) eq 1 } { req.fhdr(traceparent) -m reg -- "
                    + HaproxyQuoting.quote(VALID_TRACE) + " }"
                    + " !{ req.fhdr(traceparent) -m sub -- -" + "0".repeat(32) + "- }"
                    + " !{ req.fhdr(traceparent) -m sub -- -" + "0".repeat(16) + "- }"
                    + (context.origin() == Origin.ALWAYS_HERE ? " { var(txn.trusted) -m bool }" : ""));
        }
        rules.add("http-request del-header traceparent unless " + known);
        rules.add("http-request del-header tracestate unless " + known);
        if (context.origin() != Origin.CLIENTS) {
            int sampled = context.sampledPercent();
            String flags = "txn.trace_flags";
            rules.add("http-request set-var(" + flags + ") str(" + (sampled == HUNDRED ? "01" : "00") + ") unless "
                    + known);
            if (sampled > 0 && sampled < HUNDRED) {
                rules.add("http-request set-var(" + flags + ") str(01) if !" + known + " { rand(100) lt " + sampled
                        + " }");
            }
            rules.add("http-request set-header traceparent 00-%[uuid(),regsub(-,,g)]"
                    + "-%[uuid(),regsub(-,,g),bytes(0,16)]-%[var(" + flags + ")] unless " + known);
            rules.add("http-request set-var(" + TRACEPARENT + ") req.fhdr(traceparent)");
        }
        return rules;
    }
}
