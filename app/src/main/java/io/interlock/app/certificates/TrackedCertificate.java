package io.interlock.app.certificates;

import java.time.Instant;
import java.util.Optional;

/**
 * Certificate with the contents that can be shown for it.
 *
 * @param files its files
 * @param latest the current content of the files
 * @param served the content to show: the latest, or an earlier one if that is better; empty if there is none
 * @param previous an earlier content for names that {@code served} does not cover
 */
record TrackedCertificate(
        CertificateFilePair files,
        CertificateLoadResult latest,
        Optional<StoredCertificate> served,
        Optional<StoredCertificate> previous) {

    /** Creates the entry for a certificate seen for the first time. */
    static TrackedCertificate of(
            CertificateFilePair found,
            CertificateLoadResult latest,
            Optional<StoredCertificate> lastGood,
            Instant now) {
        return new TrackedCertificate(found, latest, lastGood, Optional.empty()).with(found, latest, now);
    }

    /** The same certificate after another scan of its files or at another time. */
    TrackedCertificate with(CertificateFilePair nowFound, CertificateLoadResult nowLatest, Instant now) {
        return switch (nowLatest) {
            case CertificateLoadResult.Bad bad -> new TrackedCertificate(nowFound, bad, served, previous);
            case CertificateLoadResult.Good good ->
                good.stored().bundle().isRefused(now) && hasBetter(now)
                        ? new TrackedCertificate(nowFound, good, served, previous)
                        : new TrackedCertificate(
                                nowFound, good, Optional.of(good.stored()), earlier(good.stored(), now));
        };
    }

    private boolean hasBetter(Instant now) {
        return served.filter(stored -> !stored.bundle().isRefused(now)).isPresent();
    }

    /** The content shown until now, if names would otherwise be left without a certificate. */
    private Optional<StoredCertificate> earlier(StoredCertificate now, Instant instant) {
        return served.filter(before -> !before.equals(now))
                .or(() -> previous)
                .filter(before -> before.bundle().isValid(instant))
                .filter(before ->
                        !now.bundle().names().containsAll(before.bundle().names()));
    }

    /** Whether an earlier content is shown instead of the content of the files. */
    boolean isKept() {
        return served.isPresent()
                && !(latest instanceof CertificateLoadResult.Good good
                        && served.get().equals(good.stored()));
    }

    /** What is wrong with the content of the files; empty if nothing is. */
    Optional<CertificateFlaw> flaw(Instant now) {
        return switch (latest) {
            case CertificateLoadResult.Bad bad -> Optional.of(CertificateBundle.unusable(bad.reason()));
            case CertificateLoadResult.Good good ->
                good.stored()
                        .bundle()
                        .flaw(now)
                        .map(flaw -> flaw.with(good.stored().bundle().description()));
        };
    }
}
