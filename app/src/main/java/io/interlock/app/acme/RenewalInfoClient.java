package io.interlock.app.acme;

import io.interlock.api.topology.HostName;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.acme.record.IssuanceRecord.RenewalSuggestion;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.RenewalInfo;
import org.shredzone.acme4j.connector.Resource;
import org.shredzone.acme4j.exception.AcmeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the authority when certificates are to be renewed (RFC 9773), and writes it down. Safe for all threads. */
final class RenewalInfoClient {

    private static final Logger log = LoggerFactory.getLogger("acme");

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration USUAL_PAUSE = Duration.ofHours(6);
    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);

    private final AcmeFolder folder;
    private final AuthoritySet authorities;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();

    RenewalInfoClient(AcmeFolder folder, AuthoritySet authorities, Clock clock) {
        this.folder = folder;
        this.authorities = authorities;
        this.clock = clock;
    }

    /**
     * Asks about one certificate after the other when it is time, until the thread is interrupted.
     *
     * @param due the names to ask about now
     * @param result takes what is known afterwards
     */
    void follow(Supplier<List<HostName>> due, BiConsumer<HostName, IssuanceRecord> result) {
        try {
            while (true) {
                try {
                    for (HostName name : due.get()) {
                        ask(name).ifPresent(record -> result.accept(name, record));
                    }
                } catch (IssuanceException | IOException e) {
                    log.debug("no suggestions for renewals", e);
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            }
        } catch (InterruptedException end) {
            log.debug("suggestions for renewals are no longer followed");
        }
    }

    /** Whether the authority makes suggestions. */
    private static boolean isOffered(AcmeAccountClient account)
            throws IssuanceException, IOException, InterruptedException {
        try {
            return account.logOn()
                    .getSession()
                    .resourceUrlOptional(Resource.RENEWAL_INFO)
                    .isPresent();
        } catch (AcmeException | RuntimeException e) {
            throw AcmeErrorMapper.failure("the certificate authority cannot be used", e);
        }
    }

    /** Whether it is time to ask about a certificate. */
    static boolean isDue(IssuanceRecord record, Instant now) {
        return record.renewal()
                .filter(known -> now.isBefore(known.again()) && !now.isBefore(known.checked()))
                .isEmpty();
    }

    /**
     * Asks about the present certificate of a name, unless another Interlock has done so.
     *
     * @return what is known afterwards; empty if there is no certificate, or another Interlock is at it
     */
    private Optional<IssuanceRecord> ask(HostName name) throws IssuanceException, IOException, InterruptedException {
        Optional<AcmeFolder.Lock> lock = folder.lock(name);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            IssuanceRecord record = folder.record(name);
            Optional<X509Certificate> present = folder.present(name);
            if (present.isEmpty() || !isDue(record, clock.instant())) {
                return present.map(any -> record);
            }
            AcmeAccountClient account = authorities.issuer(record).account();
            IssuanceRecord next = record.with(
                    isOffered(account)
                            ? suggestion(name, account, present.get(), record.renewal())
                            : unknown(present.get(), Optional.empty()));
            folder.write(name, next);
            return Optional.of(next);
        } finally {
            lock.get().close();
        }
    }

    private RenewalSuggestion unknown(X509Certificate present, Optional<Instant> drawn) {
        Instant now = clock.instant();
        return new RenewalSuggestion(present.getSerialNumber().toString(16), drawn, now, now.plus(USUAL_PAUSE));
    }

    private RenewalSuggestion suggestion(
            HostName name, AcmeAccountClient account, X509Certificate present, Optional<RenewalSuggestion> before)
            throws IssuanceException, IOException, InterruptedException {
        String serial = present.getSerialNumber().toString(16);
        Instant now = clock.instant();
        Optional<Instant> drawn =
                before.filter(known -> known.serial().equals(serial)).flatMap(RenewalSuggestion::at);
        Login login = account.logOn();
        try {
            RenewalInfo info = login.bindRenewalInfo(present);
            Duration pause =
                    info.fetch().map(again -> Duration.between(now, again)).orElse(USUAL_PAUSE);
            Instant start = info.getSuggestedWindowStart();
            Instant end = info.getSuggestedWindowEnd();
            Instant at = drawn.filter(known -> !known.isBefore(start) && known.isBefore(end))
                    .orElseGet(() -> start.plusMillis(random.nextLong(
                            Math.max(1, Duration.between(start, end).toMillis()))));
            if (!drawn.equals(Optional.of(at))) {
                log.info("the certificate authority suggests to renew the certificate for {} at {}", name, at);
            }
            return new RenewalSuggestion(serial, Optional.of(at), now, now.plus(limited(pause)));
        } catch (AcmeException | RuntimeException e) {
            // Without a suggestion the usual time applies; the last one stays in the meantime.
            log.debug("no suggestion for {}", name, e);
            return unknown(present, drawn);
        }
    }

    private static Duration limited(Duration pause) {
        return pause.compareTo(SHORTEST_PAUSE) < 0
                ? SHORTEST_PAUSE
                : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
