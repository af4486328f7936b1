package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.BackendSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Space that HAProxy reserves in its buffers for the headers that containers add. HAProxy answers with 500 if a header
 * does not fit. A backend that needs more space than the others is declared by a reload, which also brings the space.
 */
public final class HeaderSpace {

    /** HAProxy's defaults. What it reserves by default is left for the headers that every response gets. */
    private static final int BUFFER = 16_384;

    private static final int RESERVED = 1_024;

    /** Characters of lines; quoting may make a line longer than its header, of which the API allows 8,192. */
    private static final int MOST_ADDED = 10_240;

    private static final String REQUEST = "http-request set-header ";
    private static final List<String> RESPONSE =
            List.of("http-response set-header ", "http-after-response set-header ", "http-after-response add-header ");

    private HeaderSpace() {}

    /** Whole lines for the section {@code global}; none if HAProxy's defaults are enough. */
    public static List<String> globals(List<BackendSpec> backends) {
        int added = backends.stream()
                .mapToInt(backend -> Math.max(added(backend, Stream.of(REQUEST)), added(backend, RESPONSE.stream())))
                .max()
                .orElse(0);
        // In steps, so that it differs in few lines from one configuration to the next.
        int more = (Math.min(added, MOST_ADDED) + RESERVED / 2) / RESERVED * RESERVED;
        return more == 0
                ? List.of()
                : List.of("tune.bufsize " + (BUFFER + more), "tune.maxrewrite " + (RESERVED + more));
    }

    private static int added(BackendSpec backend, Stream<String> rules) {
        return rules.mapToInt(rule -> backend.directives().stream()
                        .filter(line -> line.startsWith(rule))
                        .mapToInt(line -> line.length() - rule.length())
                        .sum())
                .sum();
    }
}
