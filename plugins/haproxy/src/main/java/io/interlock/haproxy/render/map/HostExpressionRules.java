package io.interlock.haproxy.render.map;

import io.interlock.haproxy.model.HostSpec;
import java.util.List;
import java.util.stream.Stream;

/** Rules of the listener that try the regular expressions for host names. */
public final class HostExpressionRules {

    /** The cost of an expression is bounded for names of up to 253 characters, and no name is longer. */
    private static final String REFUSE_LONGER_NAMES =
            "http-request deny deny_status 400 if { var(txn.host) -m len 254: }";

    private HostExpressionRules() {}

    /** Whole lines, in the order in which HAProxy tries them. */
    public static List<String> of(List<HostSpec> hosts) {
        List<String> lines = hosts.stream()
                .flatMap(host -> host.expressions().stream())
                .sorted()
                .map(HostSpec.Expression::line)
                .toList();
        return lines.isEmpty()
                ? lines
                : Stream.concat(Stream.of(REFUSE_LONGER_NAMES), lines.stream()).toList();
    }
}
