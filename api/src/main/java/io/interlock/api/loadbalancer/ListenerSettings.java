package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import io.interlock.api.topology.AddressRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The operator's settings for clients of all listeners, for logs and for error pages. A load balancer that does not
 * support one of them ignores it, and says so in its documentation.
 *
 * @param trustedProxies proxies whose forwarding headers are trusted. For a request from one of them, the last address
 *     in {@code X-Forwarded-For} counts as the client's; if that address is also trusted, the one before it counts, and
 *     so on. The headers of all other clients are removed
 * @param proxyProtocol whether connections of trusted proxies begin with a header of the PROXY protocol
 * @param logFormat format of the log of requests
 * @param errorPages absolute path of the folder of error pages. A file such as {@code 503.html} in it applies to all
 *     backends; a subfolder applies to backends that choose it with
 *     {@link io.interlock.api.topology.BackendPolicy.ErrorPages}. Empty: there are no error pages
 * @param accessLog what {@link LoadBalancerContext#accessLog} must receive about each request; empty: nothing
 */
@Experimental
public record ListenerSettings(
        List<AddressRange> trustedProxies,
        boolean proxyProtocol,
        LogFormat logFormat,
        Optional<Path> errorPages,
        Optional<AccessLogSettings> accessLog) {

    /** Settings without trusted proxies, and with a default for everything else. */
    public static final ListenerSettings DEFAULT =
            new ListenerSettings(List.of(), false, LogFormat.TEXT, Optional.empty());

    public ListenerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Creates settings without a receiver of the log of requests. */
    public ListenerSettings(
            List<AddressRange> trustedProxies, boolean proxyProtocol, LogFormat logFormat, Optional<Path> errorPages) {
        this(trustedProxies, proxyProtocol, logFormat, errorPages, Optional.empty());
    }

    /** Format of the log of requests. */
    public enum LogFormat {
        /** The load balancer's default format. */
        TEXT,
        /** A JSON object for each request. */
        JSON
    }
}
