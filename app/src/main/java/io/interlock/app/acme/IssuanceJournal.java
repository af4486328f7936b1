package io.interlock.app.acme;

import io.interlock.api.topology.HostName;
import io.interlock.app.acme.IssuanceException.Cause;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.IssuanceAttempts;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.acme.record.IssuanceRecord.PendingOrder;
import io.interlock.app.acme.record.IssuanceRecord.PresentedRecord;
import io.interlock.app.acme.record.OrderLedger;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Writes down each step of an attempt for one name before the step is taken, so that it can be resumed. Used by whoever
 * has the lock of the name. Confined to one thread.
 */
final class IssuanceJournal {

    private static final Duration LONGEST_ORDER = Duration.ofHours(24);

    private final AcmeFolder folder;
    private final HostName name;
    private final IssuanceAttempts before;
    private IssuanceRecord current;

    IssuanceJournal(AcmeFolder folder, HostName name, IssuanceRecord record) {
        this.folder = folder;
        this.name = name;
        this.before = record.attempts();
        this.current = record;
    }

    /** The attempt begins. */
    void begin(Instant now, Duration pause, RandomGenerator random) throws IOException {
        write(current.with(before.begun(now, pause, random)));
    }

    /**
     * An order is about to be placed.
     *
     * @param now by the authority's clock
     * @param lifetime of the present certificate
     * @throws IssuanceException if there were too many
     */
    void ordering(Instant now, Optional<Duration> lifetime) throws IssuanceException, IOException {
        Optional<Instant> free = current.ledger().blockedUntil(now, lifetime);
        if (free.isPresent()) {
            throw new IssuanceException(
                    "too many orders for " + name + " within a week: " + OrderLedger.MOST_ORDERS + " orders or "
                            + OrderLedger.mostIssued(lifetime) + " certificates are the limit",
                    Cause.FAILED,
                    "check the clock of this machine and whether other programs change the files in acme.dir; the limit"
                            + " protects those of the certificate authority",
                    free.get());
        }
        write(current.with(current.ledger().ordered(now)));
    }

    /** The order that was placed earlier at this authority, if it is not too old to go on with. */
    Optional<PendingOrder> pending(URI directory, Instant now) throws IOException {
        Optional<PendingOrder> pending = current.order()
                .filter(order -> order.directory().equals(directory))
                .filter(order -> Duration.between(order.begun(), now).abs().compareTo(LONGEST_ORDER) < 0);
        if (pending.isEmpty() && current.order().isPresent()) {
            drop();
        }
        return pending;
    }

    /** The order has come to another step. */
    void save(PendingOrder order) throws IOException {
        write(current.with(Optional.of(order)));
    }

    /** A DNS record is about to be added. */
    void presenting(PresentedRecord record) throws IOException {
        write(current.with(Stream.concat(current.records().stream(), Stream.of(record))
                .distinct()
                .toList()));
    }

    /** A DNS record was removed. */
    void removed(PresentedRecord record) throws IOException {
        write(current.with(current.records().stream()
                .filter(other -> !other.equals(record))
                .toList()));
    }

    /** Nothing is tried before a time. */
    void postpone(Instant notBefore) throws IOException {
        write(current.with(current.attempts().postponed(notBefore)));
    }

    /** The order will not be gone on with. */
    void drop() throws IOException {
        forgetChallenge();
        write(current.with(Optional.empty()));
    }

    /**
     * The certificate is in its place.
     *
     * @param authorityNow by the authority's clock
     * @param pause before the next attempt, whatever the certificate's dates say
     */
    void issued(URI directory, Instant now, Instant authorityNow, Duration pause) throws IOException {
        forgetChallenge();
        write(current.issued(
                directory,
                IssuanceAttempts.succeeded(now, pause),
                current.ledger().issued(authorityNow)));
    }

    /**
     * The attempt has failed, or goes on later.
     *
     * @param notBefore by the machine's clock
     */
    void ended(IssuanceException why, Instant now, Duration pause, Instant notBefore, RandomGenerator random)
            throws IOException {
        if (why.kind() == Cause.FAILED && current.order().isPresent()) {
            drop();
        }
        String reason = String.valueOf(why.getMessage());
        write(current.with(
                why.kind() == Cause.UNFINISHED
                        ? IssuanceAttempts.unfinished(reason, now, pause, notBefore)
                        : before.failed(reason, why.advice(), now, pause, notBefore, random)));
    }

    IssuanceRecord current() {
        return current;
    }

    private void forgetChallenge() throws IOException {
        Optional<String> token = current.order().flatMap(PendingOrder::token);
        if (token.isPresent()) {
            folder.shared().askNoMore(token.get());
        }
    }

    private void write(IssuanceRecord next) throws IOException {
        if (!next.equals(current)) {
            folder.write(name, next);
            current = next;
        }
    }
}
