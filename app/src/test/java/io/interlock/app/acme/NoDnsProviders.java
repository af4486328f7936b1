package io.interlock.app.acme;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.app.dns.DnsRecordEditor;

/** Editor of records for tests without DNS providers. */
final class NoDnsProviders implements DnsRecordEditor {

    static final DnsRecordEditor EDITOR = new NoDnsProviders();

    private NoDnsProviders() {}

    @Override
    public void present(String provider, ChallengeRecord record) {
        throw new AssertionError("no provider is used");
    }

    @Override
    public void cleanUp(String provider, ChallengeRecord record) {
        throw new AssertionError("no provider is used");
    }
}
