package io.interlock.app.certificates;

import io.interlock.api.topology.HostName;
import io.interlock.app.certificates.CertificateFlaw.Weight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Certificate whose chain and key belong together.
 *
 * @param names the host names that it was issued for, sorted; at least one
 * @param notBefore when its validity begins
 * @param notAfter when its validity ends
 * @param chain what clients see of its chain
 * @param disorder what is wrong about the order of its source file; the bundle itself is always in order
 */
record CertificateBundle(
        List<HostName> names, Instant notBefore, Instant notAfter, CertificateChain chain, Optional<String> disorder) {

    private static final int MOST_NAMES = 5;
    private static final String REPLACE = "put a good certificate with its chain and key there; it is shown at once";
    private static final String ADD_CHAIN = "append the certificate of this issuer to the file, as the certificate"
            + " authority provides it (often named chain or fullchain); if it is a root that all clients have, append"
            + " the root";

    CertificateBundle {
        names = names.stream().sorted().distinct().toList();
    }

    boolean isValid(Instant now) {
        return !now.isBefore(notBefore) && now.isBefore(notAfter);
    }

    /** Whether all clients refuse the certificate. */
    boolean isRefused(Instant now) {
        return !isValid(now) || !chain.forServers();
    }

    /** The worst flaw of the certificate; empty if it has none. */
    Optional<CertificateFlaw> flaw(Instant now) {
        if (!now.isBefore(notAfter)) {
            return flaw("expired at " + notAfter, REPLACE, Weight.REFUSAL);
        }
        if (now.isBefore(notBefore)) {
            return flaw("is not valid before " + notBefore, REPLACE, Weight.REFUSAL);
        }
        if (!chain.forServers()) {
            return flaw(
                    "holds a certificate that may not be used by servers: its extended key usage lacks serverAuth",
                    "order a certificate for servers (serverAuth) and put it there; it is shown at once",
                    Weight.REFUSAL);
        }
        Optional<CertificateChain.Expiry> expired = chain.expired(now);
        if (expired.isPresent()) {
            return flaw(
                    "holds the intermediate certificate " + expired.get().subject() + ", which expired at "
                            + expired.get().notAfter(),
                    "replace it by the current intermediate certificate of the certificate authority",
                    Weight.DEFECT);
        }
        if (chain.missingIssuer().isPresent()) {
            return flaw(
                    "lacks the certificate of the issuer "
                            + chain.missingIssuer().get() + ", so that many clients cannot verify it",
                    ADD_CHAIN,
                    Weight.DEFECT);
        }
        return disorder.flatMap(reason -> flaw(
                reason,
                "write the certificate first, then the certificate of its issuer, and so on; nothing else",
                Weight.REMARK));
    }

    private static Optional<CertificateFlaw> flaw(String reason, String advice, Weight weight) {
        return Optional.of(new CertificateFlaw(reason, advice, weight));
    }

    /** What to do about a file that cannot be shown at all. */
    static CertificateFlaw unusable(String reason) {
        return new CertificateFlaw(reason, REPLACE, Weight.REFUSAL);
    }

    /** Names and dates, for people. */
    String description() {
        return description(names, notBefore, notAfter);
    }

    /** Names and dates, for people. */
    static String description(List<HostName> names, Instant notBefore, Instant notAfter) {
        List<HostName> first = names.stream().limit(MOST_NAMES).toList();
        String more = names.size() > first.size() ? " and " + (names.size() - first.size()) + " more" : "";
        return "for " + String.join(", ", first.stream().map(HostName::value).toList()) + more + ", valid from "
                + notBefore + " to " + notAfter;
    }
}
