package io.interlock.app.acme;

import io.interlock.app.certificates.CertificateManager.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Computes when a certificate is due to be ordered. Pure. */
final class RenewalPlanner {

    private RenewalPlanner() {}

    /** The time at two thirds of the certificate's lifetime; a time in the past if there is no certificate. */
    static Instant of(Optional<Validity> present) {
        return present.map(validity -> validity.notBefore()
                        .plus(Duration.between(validity.notBefore(), validity.notAfter())
                                .multipliedBy(2)
                                .dividedBy(3)))
                .orElse(Instant.EPOCH);
    }

    /** The time of renewal, but not before the next permitted attempt. */
    static Instant due(Optional<Validity> present, IssuanceAttempts attempts) {
        Instant renewal = of(present);
        return renewal.isAfter(attempts.next()) ? renewal : attempts.next();
    }
}
