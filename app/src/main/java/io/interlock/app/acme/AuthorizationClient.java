package io.interlock.app.acme;

import io.interlock.api.dns.ChallengeRecord;
import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.app.acme.IssuanceException.Cause;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.IssuanceRecord.PendingOrder;
import io.interlock.app.acme.record.IssuanceRecord.PresentedRecord;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.DnsChallengeConfig;
import io.interlock.app.dns.DnsChallengeException;
import io.interlock.app.dns.DnsChallengeService;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Dns01Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * Shows an authority that a name is served here: by HTTP, or by a record in the DNS if the configuration says so. Safe
 * for all threads.
 */
final class AuthorizationClient {

    private final AcmeConfig config;
    private final AcmeFolder folder;
    private final DnsChallengeService dns;
    private final ResourcePoller poller;

    AuthorizationClient(AcmeConfig config, AcmeFolder folder, DnsChallengeService dns, ResourcePoller poller) {
        this.config = config;
        this.folder = folder;
        this.dns = dns;
        this.poller = poller;
    }

    /** Waits until load balancers answer a challenge, for a limited time. */
    interface ChallengePropagation {
        void await(AcmeChallenge challenge) throws IOException, InterruptedException;
    }

    /**
     * Answers the challenge of an authorization, and waits until the authority has checked the answer.
     *
     * @return the order as it is written down
     * @throws IssuanceException if the authority does not accept the answer, or needs more time
     */
    PendingOrder authorize(
            HostName name,
            Authorization authorization,
            PendingOrder pending,
            IssuanceJournal journal,
            ChallengePropagation answering)
            throws IssuanceException, AcmeException, IOException, InterruptedException {
        Optional<DnsChallengeConfig> entry = config.dnsOf(name);
        if (entry.isPresent()) {
            byDns(name, entry.get(), authorization, journal);
            return pending;
        }
        return byHttp(name, authorization, pending, journal, answering);
    }

    private PendingOrder byHttp(
            HostName name,
            Authorization authorization,
            PendingOrder pending,
            IssuanceJournal journal,
            ChallengePropagation answering)
            throws IssuanceException, AcmeException, IOException, InterruptedException {
        Http01Challenge asked = challenge(name, authorization, Http01Challenge.class, "over HTTP");
        AcmeChallenge challenge = new AcmeChallenge(asked.getToken(), asked.getAuthorization());
        PendingOrder next = pending.withToken(challenge.token());
        journal.save(next);
        folder.shared().ask(challenge);
        answering.await(challenge);
        awaitCheck(name, authorization, asked, Optional.empty());
        folder.shared().askNoMore(challenge.token());
        return next;
    }

    /** The record is written down before it is added, so that it is removed whatever happens. */
    private void byDns(HostName name, DnsChallengeConfig entry, Authorization authorization, IssuanceJournal journal)
            throws IssuanceException, AcmeException, IOException, InterruptedException {
        Dns01Challenge asked = challenge(name, authorization, Dns01Challenge.class, "by way of the DNS");
        try {
            ChallengeRecord record = dns.locate(entry, name, asked.getDigest());
            journal.presenting(new PresentedRecord(entry.provider(), record));
            dns.present(entry.provider(), record);
            dns.awaitVisible(entry, record);
            awaitCheck(
                    name,
                    authorization,
                    asked,
                    Optional.of("the certificate authority must see the TXT record " + record.name()
                            + " at the name servers of the zone " + record.zone()));
        } catch (DnsChallengeException e) {
            throw new IssuanceException(
                    "no certificate for " + name + ": " + e.getMessage(),
                    Cause.INTERRUPTED,
                    e.advice(),
                    Instant.EPOCH,
                    e);
        }
    }

    private static <T extends Challenge> T challenge(
            HostName name, Authorization authorization, Class<T> type, String way) throws IssuanceException {
        return authorization
                .findChallenge(type)
                .orElseThrow(() -> new IssuanceException(
                        "the certificate authority offers no challenge " + way + " for " + name,
                        Cause.FAILED,
                        "put a certificate into certificates_dir"));
    }

    private void awaitCheck(HostName name, Authorization authorization, Challenge asked, Optional<String> answerable)
            throws IssuanceException, AcmeException, InterruptedException {
        if (asked.getStatus() == Status.PENDING) {
            asked.trigger();
        }
        Status status = poller.await(authorization, EnumSet.of(Status.VALID, Status.INVALID));
        if (status == Status.INVALID) {
            asked.fetch();
            throw AcmeErrorMapper.failure(
                    "the certificate authority did not get the answer that it asked of " + name,
                    asked.getError(),
                    answerable);
        }
        if (status != Status.VALID) {
            // The authority may still come: the answer stays.
            throw new IssuanceException(
                    "the certificate authority has not yet checked the answer of " + name, Cause.UNFINISHED, "");
        }
    }
}
