package io.interlock.app.acme;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.api.topology.HostName;
import io.interlock.app.acme.record.IssuanceAttempts;
import io.interlock.app.acme.record.RenewalPlanner;
import io.interlock.app.certificates.CertificateManager.Validity;
import java.time.Instant;
import java.util.Optional;

/** Maps the progress of a certificate to its status. Pure. */
final class IssuanceStatusMapper {

    private IssuanceStatusMapper() {}

    /**
     * @param isOrderable whether a certificate for it can be ordered
     * @param validity validity of the certificate that exists
     * @param renewal when that certificate is due
     * @param underWay whether the certificate is being ordered
     * @param ofName attempts to order it
     * @param ofAll failed attempts to use the folder or to reach the authority
     */
    static IssuanceStatus status(
            HostName name,
            boolean isOrderable,
            Optional<Validity> validity,
            Instant renewal,
            boolean underWay,
            IssuanceAttempts ofName,
            IssuanceAttempts ofAll,
            Instant now) {
        if (!isOrderable) {
            return new IssuanceStatus(
                    name,
                    State.IMPOSSIBLE,
                    Optional.empty(),
                    0,
                    name.isWildcard()
                            ? "a certificate for a wildcard is issued only by way of the DNS"
                            : "no authority issues a certificate for such a name",
                    name.isWildcard()
                            ? "name it in \"dns\" of \"acme\" in the configuration, or put a certificate into"
                                    + " certificates_dir"
                            : "put a certificate into certificates_dir");
        }
        // What failed no longer matters to a certificate that is not due.
        IssuanceAttempts worst = renewal.isAfter(now) ? IssuanceAttempts.NONE : ofAll.failures() > 0 ? ofAll : ofName;
        // An attempt that has begun counts as a failure without a reason until it ends.
        boolean isFailed = worst.failures() > 0 && !worst.reason().isEmpty();
        boolean isOrdering = underWay || validity.isEmpty() || !worst.reason().isEmpty() || worst.failures() > 0;
        State state = isFailed ? State.FAILED : isOrdering ? State.ORDERING : State.ISSUED;
        Optional<Instant> due = state == State.ORDERING && worst.reason().isEmpty()
                ? Optional.empty()
                : Optional.of(RenewalPlanner.due(renewal, worst));
        return new IssuanceStatus(name, state, due, isFailed ? worst.failures() : 0, worst.reason(), worst.advice());
    }
}
