package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One request, or one TCP connection, as a load balancer saw it. Texts come from clients and containers: they are
 * untrusted, may contain any character, and are empty if there is none.
 *
 * @param time when the request began
 * @param client the client's address
 * @param clientPort the client's port; 0 if it is not known
 * @param listener the proxy's name of the listener
 * @param backend the backend in the topology, or the proxy's own name of one that is not in it
 * @param server the server in the topology; empty if no server got the request
 * @param request what the client asked for; its texts are empty for a TCP connection
 * @param status the status of the response; empty if there was none
 * @param bytesRead bytes sent to the client
 * @param bytesUploaded bytes received from the client
 * @param times durations of the phases
 * @param retries attempts after the first one
 * @param termination the proxy's own code for how it ended
 * @param tls the version of TLS
 * @param requestHeaders the selected headers that the request has, by lower-case name
 * @param responseHeaders the selected headers that the response has, by lower-case name
 * @param line the same in the proxy's own format, on one line without control characters
 */
@Experimental
public record AccessLogEntry(
        Instant time,
        String client,
        int clientPort,
        String listener,
        String backend,
        String server,
        Request request,
        OptionalInt status,
        long bytesRead,
        long bytesUploaded,
        Times times,
        int retries,
        String termination,
        String tls,
        Map<String, String> requestHeaders,
        Map<String, String> responseHeaders,
        String line) {

    public AccessLogEntry {
        requestHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(requestHeaders));
        responseHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(responseHeaders));
    }

    /**
     * What a client asked for.
     *
     * @param host the header {@code Host}
     * @param version of HTTP: {@code HTTP/1.1}
     * @param requestId the id of a request to a backend with {@code BackendPolicy.RequestIds}
     * @param traceparent the header {@code traceparent} that a backend with {@code BackendPolicy.TraceContext} gets
     */
    public record Request(
            String method,
            String host,
            String uri,
            String version,
            String userAgent,
            String referer,
            String requestId,
            String traceparent) {

        /** Creates a request without ids. */
        public Request(String method, String host, String uri, String version, String userAgent, String referer) {
            this(method, host, uri, version, userAgent, referer, "", "");
        }
    }

    /**
     * Durations in milliseconds; -1: the request did not reach this phase.
     *
     * @param request until the request was complete
     * @param queue in queues
     * @param connect to connect to the server
     * @param response until the server responded
     * @param active the whole time
     */
    public record Times(int request, int queue, int connect, int response, int active) {}
}
