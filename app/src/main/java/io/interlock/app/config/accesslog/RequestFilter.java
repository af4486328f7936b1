package io.interlock.app.config.accesslog;

import java.util.List;

/**
 * Which requests are logged.
 *
 * @param sample the share of requests, more than 0, at most 1
 * @param statuses their statuses, each such as {@code 404} or {@code 5xx}; empty: all
 * @param hosts their host names, in lower case, each exact or such as {@code *.example.com}; empty: all
 * @param containers the names of the containers that served them; empty: all
 */
public record RequestFilter(double sample, List<String> statuses, List<String> hosts, List<String> containers) {

    /** Filter that all requests pass. */
    public static final RequestFilter ALL = new RequestFilter(1, List.of(), List.of(), List.of());

    public RequestFilter {
        statuses = List.copyOf(statuses);
        hosts = List.copyOf(hosts);
        containers = List.copyOf(containers);
    }
}
