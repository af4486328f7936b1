package io.interlock.app.tls;

/** What reading a certificate's files came to. */
sealed interface Reading {

    /** It can be shown, although there may be better ones. */
    record Good(Stored stored) implements Reading {}

    /**
     * It cannot.
     *
     * @param reason why, for people, behind the file's name
     */
    record Bad(String reason) implements Reading {}
}
