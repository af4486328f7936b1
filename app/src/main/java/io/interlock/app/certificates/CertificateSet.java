package io.interlock.app.certificates;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All certificates at one time. Immutable.
 *
 * @param certificates by id
 * @param problems what is wrong with files that are not among the certificates
 * @param unreadable why a folder cannot be read; its certificates stay as they were
 */
record CertificateSet(List<TrackedCertificate> certificates, Map<Path, String> problems, Map<Path, String> unreadable) {

    static final CertificateSet EMPTY = new CertificateSet(List.of(), Map.of(), Map.of());

    CertificateSet {
        certificates = List.copyOf(certificates);
        problems = Map.copyOf(problems);
        unreadable = Map.copyOf(unreadable);
    }
}
