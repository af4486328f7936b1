package io.interlock.app.certificates;

import java.util.Optional;
import java.util.Set;

/** Result of reading a certificate's files. */
sealed interface CertificateLoadResult {

    /** A certificate that can be shown, although there may be better ones. */
    record Good(StoredCertificate stored) implements CertificateLoadResult {}

    /**
     * A certificate that cannot be shown.
     *
     * @param reason why, for people, to follow the file's name
     * @param unkeyed fingerprints of its certificates if the file lacks a key, without those of authorities; empty if
     *     something else is wrong
     */
    record Bad(String reason, Optional<Set<String>> unkeyed) implements CertificateLoadResult {}
}
