package io.interlock.app.acme;

import io.interlock.api.topology.HostName;
import io.interlock.app.acme.IssuanceException.Cause;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.acme.record.RenewalPlanner;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.app.config.AcmeConfig;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one attempt to have a certificate issued, with the right to do so. Safe for all threads. */
final class IssuanceWorker {

    private static final Logger log = LoggerFactory.getLogger("acme");

    /** The clocks of this machine and of the authority may differ by this much without harm. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

    private final AcmeConfig config;
    private final AcmeFolder folder;
    private final AuthoritySet authorities;
    private final DnsRecordCleaner cleaner;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    IssuanceWorker(
            AcmeConfig config, AcmeFolder folder, AuthoritySet authorities, DnsRecordCleaner cleaner, Clock clock) {
        this.config = config;
        this.folder = folder;
        this.authorities = authorities;
        this.cleaner = cleaner;
        this.clock = clock;
    }

    /** Decides whether an attempt is due. */
    interface DueCheck {
        boolean isDue(IssuanceRecord record, Optional<Validity> validity);
    }

    /**
     * Makes an attempt, unless another Interlock is at it or has just done it.
     *
     * @return what is known afterwards; empty if another Interlock is at it
     * @throws IOException if the folder cannot be used
     */
    Optional<IssuanceRecord> attempt(
            HostName name, AcmeAuthority authority, DueCheck due, AuthorizationClient.ChallengePropagation answering)
            throws IOException, InterruptedException {
        Optional<AcmeFolder.Lock> lock = folder.lock(name);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            IssuanceRecord record = folder.record(name);
            Optional<X509Certificate> present = folder.present(name);
            return Optional.of(
                    due.isDue(record, present.map(AcmeFolder::validity))
                            ? issue(name, authority, record, present, answering)
                            : record);
        } finally {
            lock.get().close();
        }
    }

    private IssuanceRecord issue(
            HostName name,
            AcmeAuthority authority,
            IssuanceRecord record,
            Optional<X509Certificate> present,
            AuthorizationClient.ChallengePropagation answering)
            throws IOException, InterruptedException {
        IssuanceJournal journal = new IssuanceJournal(folder, name, record);
        folder.proveWritable(name);
        journal.begin(clock.instant(), config.retryPause(), random);
        try {
            if (present.isPresent() && record.order().isEmpty() && !record.isOfAnother(authorities.directories())) {
                requireDue(name, authority, RenewalPlanner.of(present.map(AcmeFolder::validity), record.renewal()));
            }
            log.info("{} a certificate for {}", record.order().isEmpty() ? "ordering" : "going on to order", name);
            String pem = authority.orders().issue(name, present, journal, answering);
            folder.write(folder.certificate(name), pem);
            journal.issued(
                    authority.directory(), clock.instant(), authority.orders().authorityNow(), config.retryPause());
            log.info("a certificate was issued for {}", name);
        } catch (IssuanceException e) {
            if (e.kind() != Cause.UNFINISHED) {
                // The account or the authority's addresses may have changed by the next attempt.
                authority.account().logOff(e.kind() == Cause.ACCOUNT);
            }
            journal.ended(
                    e, clock.instant(), config.retryPause(), authority.orders().toLocal(e.notBefore()), random);
            log.warn(
                    "{}; the next attempt is at {}",
                    e.getMessage(),
                    journal.current().attempts().next());
        }
        if (journal.current().order().isEmpty()) {
            cleaner.cleanUp(name, journal);
        }
        return journal.current();
    }

    /**
     * Removes the DNS records that are left over, unless another Interlock is at it.
     *
     * @return what is known afterwards; empty if another Interlock is at it
     */
    Optional<IssuanceRecord> cleanUp(HostName name) throws IOException, InterruptedException {
        Optional<AcmeFolder.Lock> lock = folder.lock(name);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            IssuanceJournal journal = new IssuanceJournal(folder, name, folder.record(name));
            cleaner.cleanUp(name, journal);
            return Optional.of(journal.current());
        } finally {
            lock.get().close();
        }
    }

    /** A clock that is wrong must not order certificates that are not due. */
    private void requireDue(HostName name, AcmeAuthority authority, Instant renewal)
            throws IssuanceException, IOException, InterruptedException {
        if (isBefore(authority, renewal)) {
            // The authority's time is known from an old answer; the machine may have slept since.
            authority.account().readClock();
        }
        if (isBefore(authority, renewal)) {
            throw new IssuanceException(
                    "the clock of this machine says " + clock.instant() + ", that of the certificate authority "
                            + authority.orders().authorityNow() + "; by that one, the certificate for " + name
                            + " is not due before " + renewal,
                    Cause.FAILED,
                    "set the clock of this machine");
        }
    }

    private boolean isBefore(AcmeAuthority authority, Instant renewal) {
        return authority.orders().authorityNow().plus(CLOCK_TOLERANCE).isBefore(renewal);
    }
}
