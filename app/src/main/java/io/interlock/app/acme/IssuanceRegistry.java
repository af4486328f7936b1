package io.interlock.app.acme;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.topology.HostName;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.IssuanceAttempts;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.acme.record.PauseTracker;
import io.interlock.app.acme.record.RenewalPlanner;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.app.config.AcmeConfig;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What is known of the certificate of each name, and which are due. Safe for all threads. */
final class IssuanceRegistry {

    private static final String ALL = "";
    private static final String UNRECORDED = "unrecorded ";

    private final AcmeConfig config;
    private final AcmeFolder folder;
    private final Clock clock;
    private final PauseTracker pauses;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<HostName, IssuanceRecord> records = new ConcurrentHashMap<>();

    /** Failures that could not be written down. */
    private final Map<HostName, IssuanceAttempts> unrecorded = new ConcurrentHashMap<>();

    /** Failures to use the folder or the authority, which concern every name. */
    private volatile IssuanceAttempts unusable = IssuanceAttempts.NONE;

    /**
     * @param nanos a clock that does not jump, in nanoseconds
     */
    IssuanceRegistry(AcmeConfig config, AcmeFolder folder, Clock clock, LongSupplier nanos) {
        this.config = config;
        this.folder = folder;
        this.clock = clock;
        this.pauses = new PauseTracker(nanos);
    }

    /**
     * Whether an attempt for a name may be due. Reads what is written down only if it matters: the folder may be on
     * another machine.
     */
    boolean mayBeDue(HostName name, Optional<Validity> validity) {
        IssuanceAttempts failed = unrecorded.get(name);
        if (failed != null && !pauses.isOver(UNRECORDED + name, failed, clock.instant())) {
            return false;
        }
        IssuanceRecord known = records.get(name);
        if (known != null && !isDue(name, known, validity)) {
            return false;
        }
        try {
            IssuanceRecord record = folder.record(name);
            records.put(name, record);
            return isDue(name, record, validity);
        } catch (IOException e) {
            failed(name, e);
            return false;
        }
    }

    boolean isDue(HostName name, IssuanceRecord record, Optional<Validity> validity) {
        Instant now = clock.instant();
        return !renewal(record, validity).isAfter(now) && pauses.isOver(name.value(), record.attempts(), now);
    }

    /** Whether it is time to ask the authority when the certificate of a name is to be renewed. */
    boolean isSuggestionDue(HostName name) {
        IssuanceRecord record = records.get(name);
        return record != null
                && !record.isOfAnother(config.directory())
                && RenewalInfoClient.isDue(record, clock.instant());
    }

    /** Reads which names have DNS records left over from an earlier run. */
    void readLeftovers() throws IOException {
        for (HostName name : folder.recordedNames()) {
            IssuanceRecord record = folder.record(name);
            if (!record.records().isEmpty()) {
                records.put(name, record);
            }
        }
    }

    /** The names whose DNS records must be removed now: those of orders that have ended, or that nobody goes on with. */
    List<HostName> namesToCleanUp(Set<HostName> desired) {
        Instant now = clock.instant();
        return records.entrySet().stream()
                .filter(entry -> entry.getValue().hasLeftovers()
                        || (!entry.getValue().records().isEmpty() && !desired.contains(entry.getKey())))
                .filter(entry ->
                        pauses.isOver(entry.getKey().value(), entry.getValue().attempts(), now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** When a certificate is due; at once if another authority issued it than the one that is configured. */
    private Instant renewal(IssuanceRecord record, Optional<Validity> validity) {
        return record.isOfAnother(config.directory()) ? Instant.EPOCH : RenewalPlanner.of(validity, record.renewal());
    }

    /** An attempt has ended, here or elsewhere. */
    void put(HostName name, IssuanceRecord record) {
        unrecorded.remove(name);
        records.put(name, record);
    }

    /** The folder cannot be used for a name. */
    IssuanceAttempts failed(HostName name, IOException e) {
        return unrecorded.merge(
                name, folderFailure(IssuanceAttempts.NONE, e), (before, any) -> folderFailure(before, e));
    }

    /** The folder cannot be used at all; returns whether that is news. */
    boolean failed(IOException e) {
        IssuanceAttempts failed = folderFailure(unusable, e);
        boolean isNew = !failed.reason().equals(unusable.reason());
        unusable = failed;
        return isNew;
    }

    /** The authority cannot be used. */
    void failed(IssuanceException e, Instant notBefore) {
        unusable = unusable.failed(
                String.valueOf(e.getMessage()), e.advice(), clock.instant(), config.retryPause(), notBefore, random);
    }

    /** The folder and the authority can be used. */
    void usable() {
        unusable = IssuanceAttempts.NONE;
    }

    IssuanceAttempts unusable() {
        return unusable;
    }

    /** Whether the folder and the authority may be tried again. */
    boolean mayTryAgain() {
        return pauses.isOver(ALL, unusable, clock.instant());
    }

    private IssuanceAttempts folderFailure(IssuanceAttempts before, IOException e) {
        return before.failed(
                "no certificate is ordered, because acme.dir cannot be used: " + ErrorMessages.reason(e),
                "make " + config.folder() + " a folder that the user of Interlock can write, with free space",
                clock.instant(),
                config.retryPause(),
                Instant.EPOCH,
                random);
    }

    IssuanceStatus status(HostName name, Optional<Validity> validity, boolean isUnderWay) {
        IssuanceRecord record = records.getOrDefault(name, IssuanceRecord.EMPTY);
        return IssuanceStatusMapper.status(
                name,
                config.isOrderable(name),
                validity,
                renewal(record, validity),
                isUnderWay,
                unrecorded.getOrDefault(name, record.attempts()),
                unusable,
                clock.instant());
    }
}
