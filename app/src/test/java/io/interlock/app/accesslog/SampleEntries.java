package io.interlock.app.accesslog;

import io.interlock.api.loadbalancer.AccessLogEntry;
import io.interlock.api.loadbalancer.AccessLogEntry.Request;
import io.interlock.api.loadbalancer.AccessLogEntry.Times;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogConfig.LineFormat;
import io.interlock.app.config.accesslog.AccessLogField;
import io.interlock.app.config.accesslog.AccessLogTarget;
import io.interlock.app.config.accesslog.RequestFilter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Entries and destinations for tests. */
final class SampleEntries {

    private SampleEntries() {}

    static AccessLogEntry entry(String uri) {
        return entry(new Request("GET", "www.example.com", uri, "HTTP/1.1", "probe", "http://other/?secret"), 200);
    }

    static AccessLogEntry entry(Request request, int status) {
        return new AccessLogEntry(
                Instant.ofEpochMilli(1_700_000_000_042L),
                "192.0.2.7",
                40_000,
                "interlock.http",
                "www_example_com",
                "shop-1",
                request,
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                321,
                123,
                new Times(1, 0, 2, 3, 6),
                1,
                "----",
                "TLSv1.3",
                Map.of("x-trace", "17"),
                Map.of(),
                "192.0.2.7:40000 [14/Nov/2023:22:13:20.042] interlock.http www_example_com/shop-1 1/0/2/3/6 " + status
                        + " 321 - - ---- 1/1/0/0/0 0/0 \"GET " + request.uri() + " HTTP/1.1\"");
    }

    static AccessLogConfig config(LineFormat format) {
        return config(new AccessLogTarget.LiveOnly(), format, RequestFilter.ALL);
    }

    static AccessLogConfig config(AccessLogTarget target, LineFormat format, RequestFilter filter) {
        return new AccessLogConfig(
                target, format, Arrays.asList(AccessLogField.values()), List.of("x-trace"), List.of(), true, filter);
    }
}
