package io.interlock.app.certificates;

/**
 * Something that is wrong with a certificate file.
 *
 * @param reason what is wrong, for people, to follow the file's name
 * @param advice what to do about it
 * @param weight the consequence
 */
record CertificateFlaw(String reason, String advice, Weight weight) {

    /** Consequence of a flaw, the harmless one first. */
    enum Weight {
        /** The file can be better; clients see nothing of it. */
        REMARK,
        /** Some clients refuse the certificate. */
        DEFECT,
        /** All clients refuse the certificate; an earlier one that is still valid is better. */
        REFUSAL
    }

    /** The same flaw with more about it. */
    CertificateFlaw with(String detail) {
        return new CertificateFlaw(reason + " (" + detail + ")", advice, weight);
    }
}
