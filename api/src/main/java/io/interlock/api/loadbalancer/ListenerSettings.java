package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import io.interlock.api.topology.AddressRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the operator asks about clients and what they are told. A load balancer that cannot do one of these does without, and says
 * so in its documentation.
 *
 * @param trustedProxies proxies whose word is taken for who the client is: of a request that one of them passes on, the last address in
 *     {@code X-Forwarded-For} counts as the client's, and so on while that is one of them, too. If there are some, then what
 *     others say in that header is removed; if there are none, it is passed on
 * @param proxyProtocol whether connections of trusted proxies begin with a header of the PROXY protocol
 * @param logFormat how requests are logged
 * @param errorPages folder of pages for errors, absolute: {@code 503.html} and the like for all, in a folder of its own for those who ask
 *     for that with {@link io.interlock.api.topology.BackendPolicy.ErrorPages}; empty: there are none
 */
@Experimental
public record ListenerSettings(
        List<AddressRange> trustedProxies, boolean proxyProtocol, LogFormat logFormat, Optional<Path> errorPages) {

    /** Nobody is trusted, and nothing is special. */
    public static final ListenerSettings DEFAULT =
            new ListenerSettings(List.of(), false, LogFormat.TEXT, Optional.empty());

    public ListenerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** How requests are logged. */
    public enum LogFormat {
        /** As the load balancer does by itself. */
        TEXT,
        /** An object of JSON for each. */
        JSON
    }
}
