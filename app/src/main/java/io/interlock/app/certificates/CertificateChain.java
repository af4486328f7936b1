package io.interlock.app.certificates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What clients see of a chain, beyond the certificate's own names and dates.
 *
 * @param fingerprints of the certificate and its chain, in order
 * @param forServers whether the certificate may be used by servers
 * @param missingIssuer the issuer whose certificate the chain lacks; empty if the chain leads to a root
 * @param expiries the intermediate certificates with the end of their validity
 */
record CertificateChain(
        List<String> fingerprints, boolean forServers, Optional<String> missingIssuer, List<Expiry> expiries) {

    /** End of the validity of an intermediate certificate. */
    record Expiry(String subject, Instant notAfter) {}

    CertificateChain {
        fingerprints = List.copyOf(fingerprints);
        expiries = List.copyOf(expiries);
    }

    /** The fingerprint of the certificate itself. */
    String leaf() {
        return fingerprints.getFirst();
    }

    /** The intermediate certificate that has expired; empty if none has. */
    Optional<Expiry> expired(Instant now) {
        return expiries.stream()
                .filter(expiry -> !now.isBefore(expiry.notAfter()))
                .findFirst();
    }
}
