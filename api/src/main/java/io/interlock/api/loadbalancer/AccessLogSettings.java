package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.util.List;

/**
 * What {@link AccessLogEntry} must contain beyond what it always contains.
 *
 * @param requestHeaders names of headers of requests, in lower case
 * @param responseHeaders names of headers of responses, in lower case
 */
@Experimental
public record AccessLogSettings(List<String> requestHeaders, List<String> responseHeaders) {
    public AccessLogSettings {
        requestHeaders = List.copyOf(requestHeaders);
        responseHeaders = List.copyOf(responseHeaders);
    }
}
