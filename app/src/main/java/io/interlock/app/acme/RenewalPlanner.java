package io.interlock.app.acme;

import io.interlock.app.certificates.CertificateManager.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a certificate is to be ordered. Pure. */
final class RenewalPlanner {

    private RenewalPlanner() {}

    /** At two thirds of its life, or now if there is none. */
    static Instant of(Optional<Validity> present) {
        return present.map(validity -> validity.notBefore()
                        .plus(Duration.between(validity.notBefore(), validity.notAfter())
                                .multipliedBy(2)
                                .dividedBy(3)))
                .orElse(Instant.EPOCH);
    }

    /** The same, but not before the next attempt may be made. */
    static Instant due(Optional<Validity> present, IssuanceAttempts attempts) {
        Instant renewal = of(present);
        return renewal.isAfter(attempts.next()) ? renewal : attempts.next();
    }
}
