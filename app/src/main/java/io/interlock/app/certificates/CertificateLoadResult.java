package io.interlock.app.certificates;

/** What reading a certificate's files came to. */
sealed interface CertificateLoadResult {

    /** It can be shown, although there may be better ones. */
    record Good(StoredCertificate stored) implements CertificateLoadResult {}

    /**
     * It cannot.
     *
     * @param reason why, for people, behind the file's name
     */
    record Bad(String reason) implements CertificateLoadResult {}
}
