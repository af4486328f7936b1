package io.interlock.app.certificates;

/** Result of reading a certificate's files. */
sealed interface CertificateLoadResult {

    /** A certificate that can be shown, although there may be better ones. */
    record Good(StoredCertificate stored) implements CertificateLoadResult {}

    /**
     * A certificate that cannot be shown.
     *
     * @param reason why, for people, to follow the file's name
     */
    record Bad(String reason) implements CertificateLoadResult {}
}
