package io.interlock.app.acme.record;

import io.interlock.app.acme.record.IssuanceRecord.RenewalSuggestion;
import io.interlock.app.certificates.CertificateManager.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Computes when a certificate is due to be ordered. Pure. */
public final class RenewalPlanner {

    private RenewalPlanner() {}

    /** The time at two thirds of the certificate's lifetime; a time in the past if there is no certificate. */
    public static Instant of(Optional<Validity> present) {
        return present.map(validity -> at(validity, 2, 3)).orElse(Instant.EPOCH);
    }

    /** The time that the authority suggests, but never in the last tenth of the lifetime; else two thirds of it. */
    public static Instant of(Optional<Validity> present, Optional<RenewalSuggestion> suggestion) {
        Optional<Instant> suggested = suggestion.flatMap(RenewalSuggestion::at);
        if (present.isEmpty() || suggested.isEmpty()) {
            return of(present);
        }
        Instant latest = at(present.get(), 9, 10);
        return suggested.get().isBefore(latest) ? suggested.get() : latest;
    }

    /** The time of renewal, but not before the next permitted attempt. */
    public static Instant due(Instant renewal, IssuanceAttempts attempts) {
        return renewal.isAfter(attempts.next()) ? renewal : attempts.next();
    }

    private static Instant at(Validity validity, int part, int of) {
        return validity.notBefore()
                .plus(Duration.between(validity.notBefore(), validity.notAfter())
                        .multipliedBy(part)
                        .dividedBy(of));
    }
}
