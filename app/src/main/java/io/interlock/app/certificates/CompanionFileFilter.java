package io.interlock.app.certificates;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Leaves out files that other tools write beside a certificate: its chain alone, its key alone, the certificate without
 * its chain or key, or all of it in another form. Pure.
 */
final class CompanionFileFilter {

    private final Set<String> chains = new HashSet<>();
    private final Set<String> wholes = new HashSet<>();
    private final Map<String, String> leavesById = new HashMap<>();

    private CompanionFileFilter() {}

    /** The certificates without the companions of others. */
    static List<TrackedCertificate> filter(Collection<TrackedCertificate> certificates) {
        CompanionFileFilter filter = new CompanionFileFilter();
        certificates.forEach(filter::add);
        return certificates.stream().filter(one -> !filter.isCompanion(one)).toList();
    }

    private void add(TrackedCertificate one) {
        if (one.latest() instanceof CertificateLoadResult.Good good) {
            CertificateChain chain = good.stored().bundle().chain();
            chains.addAll(chain.fingerprints());
            leavesById.put(one.files().id(), chain.leaf());
            if (chain.missingIssuer().isEmpty()) {
                wholes.add(chain.leaf());
            }
        }
    }

    private boolean isCompanion(TrackedCertificate one) {
        return switch (one.latest()) {
            case CertificateLoadResult.Bad bad ->
                one.served().isEmpty()
                        && bad.unkeyed().filter(chains::containsAll).isPresent();
            case CertificateLoadResult.Good good -> {
                CertificateChain chain = good.stored().bundle().chain();
                String id = one.files().id();
                String shortId = id.substring(0, Math.max(0, id.lastIndexOf('.')));
                yield chain.missingIssuer().isPresent()
                        ? wholes.contains(chain.leaf())
                        : chain.leaf().equals(leavesById.get(shortId));
            }
        };
    }
}
