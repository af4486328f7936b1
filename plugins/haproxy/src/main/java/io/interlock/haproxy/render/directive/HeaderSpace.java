package io.interlock.haproxy.render.directive;

import io.interlock.haproxy.model.BackendSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * Space in HAProxy's buffers for the heads of requests and responses, and for the headers that containers add to them. HAProxy answers with 500 if a header
 * does not fit. A backend that needs more space than the others is declared by a reload, which also brings the space.
 */
public final class HeaderSpace {

    /** HAProxy's defaults. What it reserves by default is left for the headers that every response gets. */
    private static final int BUFFER = 16_384;

    private static final int RESERVED = 1_024;

    /** Maximum size of a head with HAProxy's defaults, in bytes. */
    public static final int USUAL_HEAD = BUFFER - RESERVED;

    /** Maximum number of headers. HAProxy's default, 101, is less than some identity providers send. */
    private static final int MOST_HEADERS = 256;

    /** Characters of lines; quoting may make a line longer than its header, of which the API allows 8,192. */
    private static final int MOST_ADDED = 10_240;

    /** Characters of the headers that a server that authenticates may add to a request or to its response. */
    private static final int AUTHENTICATED = 8_192;

    private static final String REQUEST = "http-request set-header ";
    private static final List<String> RESPONSE =
            List.of("http-response set-header ", "http-after-response set-header ", "http-after-response add-header ");

    private HeaderSpace() {}

    /**
     * Whole lines for the section {@code global}.
     *
     * @param head the maximum size of a head, in bytes
     */
    public static List<String> globals(int head, List<BackendSpec> backends) {
        int added = backends.stream()
                .mapToInt(backend -> Math.max(added(backend, Stream.of(REQUEST)), added(backend, RESPONSE.stream())))
                .max()
                .orElse(0);
        // In steps, so that it differs in few lines from one configuration to the next.
        int more = (added + RESERVED / 2) / RESERVED * RESERVED;
        String headers = "tune.http.maxhdr " + MOST_HEADERS;
        return more == 0 && head == USUAL_HEAD
                ? List.of(headers)
                : List.of(headers, "tune.bufsize " + (head + RESERVED + more), "tune.maxrewrite " + (RESERVED + more));
    }

    private static int added(BackendSpec backend, Stream<String> rules) {
        int ruled = rules.mapToInt(rule -> backend.directives().stream()
                        .filter(line -> line.startsWith(rule))
                        .mapToInt(line -> line.length() - rule.length())
                        .sum())
                .sum();
        return Math.min(ruled, MOST_ADDED) + (ForwardAuthDirectives.isUsedBy(List.of(backend)) ? AUTHENTICATED : 0);
    }
}
