package io.interlock.app.config.accesslog;

import io.interlock.api.loadbalancer.AccessLogSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One destination of the log of requests.
 *
 * @param target where lines go
 * @param format of a line
 * @param fields of a JSON line, in their order
 * @param requestHeaders further fields of a JSON line: headers of requests, in lower case
 * @param responseHeaders the same of responses
 * @param query whether URIs are logged with their query
 * @param filter the requests that are logged here
 */
public record AccessLogConfig(
        AccessLogTarget target,
        LineFormat format,
        List<AccessLogField> fields,
        List<String> requestHeaders,
        List<String> responseHeaders,
        boolean query,
        RequestFilter filter) {

    /** Most headers of all destinations together. */
    public static final int MOST_HEADERS = 16;

    /** Most destinations. */
    public static final int MOST_DESTINATIONS = 8;

    /** Format of a line. */
    public enum LineFormat {
        /** As the load balancer itself writes it. */
        HAPROXY,
        /** The combined format of web servers. */
        COMBINED,
        /** A JSON object. */
        JSON
    }

    public AccessLogConfig {
        fields = List.copyOf(fields);
        requestHeaders = List.copyOf(requestHeaders);
        responseHeaders = List.copyOf(responseHeaders);
    }

    /** What load balancers must tell for all these destinations; empty if there are none. */
    public static Optional<AccessLogSettings> settings(List<AccessLogConfig> destinations) {
        return destinations.isEmpty()
                ? Optional.empty()
                : Optional.of(new AccessLogSettings(
                        all(destinations, AccessLogConfig::requestHeaders),
                        all(destinations, AccessLogConfig::responseHeaders)));
    }

    private static List<String> all(
            List<AccessLogConfig> destinations, Function<AccessLogConfig, Collection<String>> names) {
        return destinations.stream()
                .flatMap(destination -> names.apply(destination).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
