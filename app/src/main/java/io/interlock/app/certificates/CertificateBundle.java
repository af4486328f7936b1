package io.interlock.app.certificates;

import io.interlock.api.topology.HostName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certificate whose chain and key belong together.
 *
 * @param names those that it was issued for and that are host names, sorted; at least one
 * @param notBefore when it begins to be valid
 * @param notAfter when it ends to be valid
 * @param disorder what is wrong about the order of the file that it came from; in here everything is in order
 */
record CertificateBundle(List<HostName> names, Instant notBefore, Instant notAfter, Optional<String> disorder) {

    private static final int MOST_NAMES = 5;

    CertificateBundle {
        names = names.stream().sorted().distinct().toList();
    }

    boolean isValid(Instant now) {
        return !now.isBefore(notBefore) && now.isBefore(notAfter);
    }

    /** Why it is not as it should be, for people; empty if it is. */
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
