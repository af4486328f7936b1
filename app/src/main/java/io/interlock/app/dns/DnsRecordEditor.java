package io.interlock.app.dns;

import io.interlock.api.dns.ChallengeRecord;

/** Adds and removes records by the providers of plugins. Safe for all threads. */
public interface DnsRecordEditor {

    /**
     * Adds a record.
     *
     * @param provider the type of the provider
     */
    void present(String provider, ChallengeRecord record) throws DnsChallengeException, InterruptedException;

    /** Removes a record. */
    void cleanUp(String provider, ChallengeRecord record) throws DnsChallengeException, InterruptedException;
}
