package io.interlock.app.certificates;

import java.time.Instant;
import java.util.Optional;

/**
 * A certificate with what there is to show for it.
 *
 * @param files its files
 * @param latest what is in them
 * @param served what to show: the latest, or an earlier content if that is better; empty if there is nothing
 * @param previous an earlier content that is for names that {@code served} is not for
 */
record TrackedCertificate(
        CertificateFilePair files,
        CertificateLoadResult latest,
        Optional<StoredCertificate> served,
        Optional<StoredCertificate> previous) {

    /** How one begins of which nothing was known. */
    static TrackedCertificate of(
            CertificateFilePair found,
            CertificateLoadResult latest,
            Optional<StoredCertificate> lastGood,
            Instant now) {
        return new TrackedCertificate(found, latest, lastGood, Optional.empty()).with(found, latest, now);
    }

    /** The same after another look at its files, or at the clock. */
    TrackedCertificate with(CertificateFilePair nowFound, CertificateLoadResult nowLatest, Instant now) {
        return switch (nowLatest) {
            case CertificateLoadResult.Bad bad -> new TrackedCertificate(nowFound, bad, served, previous);
            case CertificateLoadResult.Good good ->
                good.stored().bundle().flaw(now).isPresent() && hasBetter(now)
                        ? new TrackedCertificate(nowFound, good, served, previous)
                        : new TrackedCertificate(
                                nowFound, good, Optional.of(good.stored()), earlier(good.stored(), now));
        };
    }

    private boolean hasBetter(Instant now) {
        return served.filter(stored -> stored.bundle().flaw(now).isEmpty()).isPresent();
    }

    /** What was shown until now, if names would be left without a certificate. */
    private Optional<StoredCertificate> earlier(StoredCertificate now, Instant instant) {
        return served.filter(before -> !before.equals(now))
                .or(() -> previous)
                .filter(before -> before.bundle().isValid(instant))
                .filter(before ->
                        !now.bundle().names().containsAll(before.bundle().names()));
    }

    /** Whether an earlier content is shown than that of the files. */
    boolean isKept() {
        return served.isPresent()
                && !(latest instanceof CertificateLoadResult.Good good
                        && served.get().equals(good.stored()));
    }

    /** What is wrong with what is in the files, for people, behind the file's name; empty if nothing is. */
    Optional<String> problem(Instant now) {
        return switch (latest) {
            case CertificateLoadResult.Bad bad -> Optional.of(bad.reason());
            case CertificateLoadResult.Good good ->
                good.stored()
                        .bundle()
                        .flaw(now)
                        .map(flaw -> flaw + " (" + good.stored().bundle().description() + ")");
        };
    }
}
