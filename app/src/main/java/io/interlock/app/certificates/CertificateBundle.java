package io.interlock.app.certificates;

import io.interlock.api.topology.HostName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Certificate whose chain and key belong together.
 *
 * @param names the host names that it was issued for, sorted; at least one
 * @param notBefore when its validity begins
 * @param notAfter when its validity ends
 * @param disorder what is wrong about the order of its source file; the bundle itself is always in order
 */
record CertificateBundle(List<HostName> names, Instant notBefore, Instant notAfter, Optional<String> disorder) {

    private static final int MOST_NAMES = 5;

    CertificateBundle {
        names = names.stream().sorted().distinct().toList();
    }

    boolean isValid(Instant now) {
        return !now.isBefore(notBefore) && now.isBefore(notAfter);
    }

    /** The flaw of the certificate, for people; empty if it has none. */
    Optional<String> flaw(Instant now) {
        if (!now.isBefore(notAfter)) {
            return Optional.of("expired at " + notAfter);
        }
        if (now.isBefore(notBefore)) {
            return Optional.of("is not valid before " + notBefore);
        }
        return disorder;
    }

    /** Names and dates, for people. */
    String description() {
        List<HostName> first = names.stream().limit(MOST_NAMES).toList();
        String more = names.size() > first.size() ? " and " + (names.size() - first.size()) + " more" : "";
        return "for " + String.join(", ", first.stream().map(HostName::value).toList()) + more + ", valid from "
                + notBefore + " to " + notAfter;
    }
}
