package io.interlock.api.dns;

import io.interlock.api.Experimental;

/**
 * Changes the records of DNS zones. The host makes one call at a time, on a thread of its own, and interrupts a call
 * that takes more than {@link DnsProviderFactory#LONGEST_CALL}.
 *
 * <p>The host writes a record down before it presents it, and cleans it up after the authority has checked it, also
 * after a restart. Therefore an instance must be able to clean up what another instance has presented.
 */
@Experimental
public interface DnsProvider {

    /**
     * Adds a TXT record. Other values of the same name must stay: the certificates of {@code example.com} and
     * {@code *.example.com} use the same name at the same time. To add a record that is there already is no error. Need
     * not wait until the record is visible.
     *
     * @throws Exception if the record cannot be added; the message is for the operator and says why
     */
    void present(ChallengeRecord record) throws Exception;

    /**
     * Removes this value of a TXT record, and no other. To remove a record that is not there is no error. A provider that
     * cannot remove records does nothing.
     *
     * @throws Exception if the record cannot be removed; the host tries again later
     */
    void cleanUp(ChallengeRecord record) throws Exception;

    /** Ends everything that the provider started. Called exactly once. Must not throw. */
    void close();
}
