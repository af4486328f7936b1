package io.interlock.app.acme;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.api.topology.HostName;
import io.interlock.app.certificates.CertificateManager.Validity;
import java.time.Instant;
import java.util.Optional;

/** Maps the progress of a certificate to its status. Pure. */
final class IssuanceStatusMapper {

    private IssuanceStatusMapper() {}

    /**
     * @param validity validity of the certificate that exists
     * @param underWay whether the certificate is being ordered
     * @param ofName failed attempts to order it
     * @param ofAuthority failed attempts to reach the authority
     */
    static IssuanceStatus status(
            HostName name,
            Optional<Validity> validity,
            boolean underWay,
            IssuanceAttempts ofName,
            IssuanceAttempts ofAuthority,
            Instant now) {
        if (!name.isExact()) {
            return new IssuanceStatus(
                    name,
                    State.IMPOSSIBLE,
                    Optional.empty(),
                    0,
                    "a certificate for more than one name cannot be issued by way of HTTP; put one into certificates_dir");
        }
        IssuanceAttempts worst =
                ofAuthority.failures() > 0 && RenewalPlanner.of(validity).isBefore(now) ? ofAuthority : ofName;
        State state =
                worst.failures() > 0 ? State.FAILED : underWay || validity.isEmpty() ? State.ORDERING : State.ISSUED;
        Optional<Instant> due =
                state == State.ORDERING ? Optional.empty() : Optional.of(RenewalPlanner.due(validity, worst));
        return new IssuanceStatus(name, state, due, worst.failures(), worst.reason());
    }
}
