package io.interlock.api.topology;

import io.interlock.api.Experimental;
import java.util.Optional;

/**
 * What containers ask for about TLS at their host names. The host has made certificates of it ({@link TlsMaterial}); load balancers
 * have nothing to do for this.
 *
 * @param issued whether certificates are to be got from a certificate authority (ACME)
 * @param certificate the id of the certificate to show rather than whichever fits best
 * @param leastVersion the oldest version of TLS to speak
 */
@Experimental
public record HostTls(boolean issued, Optional<String> certificate, Optional<TlsVersion> leastVersion) {

    /** They ask for nothing. */
    public static final HostTls NONE = new HostTls(false, Optional.empty(), Optional.empty());
}
