package io.interlock.haproxy.model;

/**
 * What HAProxy can neither change nor report of a server. A server with other traits is another server.
 *
 * @param checkInterval milliseconds between two checks
 * @param parameters words of the configuration for what the container asks for, besides those that all servers have;
 *     may be empty
 */
public record ServerTraits(long checkInterval, String parameters) {

    /** Traits of a server whose container asks for nothing but an interval. */
    public ServerTraits(long checkInterval) {
        this(checkInterval, "");
    }

    /** Whether requests to the server share connections in HTTP/2. */
    public boolean http2() {
        return parameters.contains("proto h2") || parameters.contains("alpn h2");
    }
}
