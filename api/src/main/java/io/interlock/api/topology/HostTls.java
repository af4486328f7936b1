package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.util.Optional;

/**
 * TLS settings that containers request for their host names. The host has already selected certificates accordingly
 * ({@link TlsMaterial}); load balancers ignore these settings.
 *
 * @param issued whether a certificate authority must issue the certificates (ACME)
 * @param certificate the id of the requested certificate; empty: the best match
 * @param leastVersion the oldest version of TLS
 */
@Experimental
public record HostTls(boolean issued, Optional<String> certificate, Optional<TlsVersion> leastVersion) {

    /** Settings that request nothing. */
    public static final HostTls NONE = new HostTls(false, Optional.empty(), Optional.empty());
}
