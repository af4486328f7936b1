package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.util.SortedDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans the steps for certificates. */
final class CertificateStepPlanner {

    private final List<RuntimeStep> steps = new ArrayList<>();
    private Optional<ReloadReason> obstacle = Optional.empty();

    void plan(ProxyState served, DesiredConfig desired) {
        for (SortedDiff.Change<CertificateSpec> change :
                SortedDiff.between(served.applied().certificates(), desired.certificates())) {
            if (change.before().isEmpty()) {
                add(change.after().orElseThrow());
            } else if (change.after().isEmpty()) {
                remove(change.before().get());
            }
        }
    }

    private void add(CertificateSpec certificate) {
        if (!certificate.fitsRuntime()) {
            obstacle = Optional.of(new ReloadReason(ReloadCause.LARGE_CERTIFICATE, certificate.id()));
        }
        steps.add(new RuntimeStep.AddCertificate(certificate));
    }

    private void remove(CertificateSpec certificate) {
        if (!certificate.hasOneLine()) {
            obstacle = Optional.of(new ReloadReason(ReloadCause.LARGE_CERTIFICATE, certificate.id()));
        }
        steps.add(new RuntimeStep.RemoveCertificate(certificate));
    }

    List<RuntimeStep> steps() {
        return steps;
    }

    /** The change that only a reload can make; empty if there is none. */
    Optional<ReloadReason> obstacle() {
        return obstacle;
    }
}
