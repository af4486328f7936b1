package io.interlock.app.acme;

import io.interlock.api.topology.HostName;
import io.interlock.app.acme.record.IssuanceRecord.PresentedRecord;
import io.interlock.app.dns.DnsChallengeException;
import io.interlock.app.dns.DnsChallengeService;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the DNS records of challenges that are over, again and again until it succeeds. Safe for all threads. */
final class DnsRecordCleaner {

    private static final Logger log = LoggerFactory.getLogger("acme");

    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final DnsChallengeService dns;
    private final Clock clock;

    DnsRecordCleaner(DnsChallengeService dns, Clock clock) {
        this.dns = dns;
        this.clock = clock;
    }

    /** Removes all records that the journal has; those that remain are tried again after a pause. */
    void cleanUp(HostName name, IssuanceJournal journal) throws IOException, InterruptedException {
        boolean isComplete = true;
        for (PresentedRecord presented : journal.current().records()) {
            try {
                dns.cleanUp(presented.provider(), presented.record());
                journal.removed(presented);
            } catch (DnsChallengeException e) {
                isComplete = false;
                log.warn(
                        "{}: the DNS record {} of a challenge cannot be removed yet: {}; {}",
                        name,
                        presented.record().name(),
                        e.getMessage(),
                        e.advice());
            }
        }
        if (!isComplete) {
            journal.postpone(clock.instant().plus(PAUSE));
        }
    }
}
