package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import java.util.Map;

/** Estimate of the memory of an entry. */
final class EntrySize {

    private static final int OBJECTS = 400;

    private EntrySize() {}

    /** Bytes, about; more rather than less. */
    static long of(AccessLogEntry entry) {
        AccessLogEntry.Request request = entry.request();
        return OBJECTS
                + 2L
                        * (entry.line().length()
                                + request.uri().length()
                                + request.host().length()
                                + request.method().length()
                                + request.userAgent().length()
                                + request.referer().length()
                                + request.requestId().length()
                                + request.traceparent().length()
                                + of(entry.requestHeaders())
                                + of(entry.responseHeaders()));
    }

    private static int of(Map<String, String> headers) {
        return headers.values().stream().mapToInt(String::length).sum();
    }
}
