package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the steps for certificates. */
final class CertificatePlanning {

    private final List<Step> steps = new ArrayList<>();
    private Optional<ReloadReason> obstacle = Optional.empty();

    void plan(Served served, Wanted wanted) {
        for (Changes.Change<CertificateSpec> change :
                Changes.between(served.applied().certificates(), wanted.certificates())) {
            if (change.before().isEmpty()) {
                add(change.after().orElseThrow());
            } else if (change.after().isEmpty()) {
                steps.add(new Step.RemoveCertificate(change.before().get()));
            }
        }
    }

    private void add(CertificateSpec certificate) {
        if (!certificate.fitsRuntime()) {
            obstacle = Optional.of(new ReloadReason(ReloadCause.LARGE_CERTIFICATE, certificate.id()));
        }
        steps.add(new Step.AddCertificate(certificate));
    }

    List<Step> steps() {
        return steps;
    }

    /** What only a reload can do. */
    Optional<ReloadReason> obstacle() {
        return obstacle;
    }
}
