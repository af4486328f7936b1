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
import io.interlock.app.config.AuthorityConfig;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.net.URI;
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

    private static final String ALL = "all ";
    private static final String UNRECORDED = "unrecorded ";

    private final AcmeConfig config;
    private final List<URI> directories;
    private final AcmeFolder folder;
    private final Clock clock;
    private final PauseTracker pauses;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<HostName, IssuanceRecord> records = new ConcurrentHashMap<>();

    /** Failures that could not be written down. */
    private final Map<HostName, IssuanceAttempts> unrecorded = new ConcurrentHashMap<>();

    /** Failures to use the folder, which concern every name. */
    private volatile IssuanceAttempts unusableFolder = IssuanceAttempts.NONE;

    /** Failures to use authorities. */
    private final Map<URI, IssuanceAttempts> unusableAuthorities = new ConcurrentHashMap<>();

    /**
     * @param nanos a clock that does not jump, in nanoseconds
     */
    IssuanceRegistry(AcmeConfig config, AcmeFolder folder, Clock clock, LongSupplier nanos) {
        this.config = config;
        this.directories =
                config.authorities().stream().map(AuthorityConfig::directory).toList();
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
        return record != null && !record.isOfAnother(directories) && RenewalInfoClient.isDue(record, clock.instant());
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
        return record.isOfAnother(directories) ? Instant.EPOCH : RenewalPlanner.of(validity, record.renewal());
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
        IssuanceAttempts failed = folderFailure(unusableFolder, e);
        boolean isNew = !failed.reason().equals(unusableFolder.reason());
        unusableFolder = failed;
        return isNew;
    }

    /** An authority cannot be used. */
    IssuanceAttempts failed(URI authority, IssuanceException e, Instant notBefore) {
        IssuanceAttempts failed = unusableAuthorities
                .getOrDefault(authority, IssuanceAttempts.NONE)
                .failed(
                        String.valueOf(e.getMessage())
                                + (directories.size() > 1 ? " (" + authority.getHost() + ")" : ""),
                        e.advice(),
                        clock.instant(),
                        config.retryPause(),
                        notBefore,
                        random);
        unusableAuthorities.put(authority, failed);
        return failed;
    }

    /** The folder can be used. */
    void usable() {
        unusableFolder = IssuanceAttempts.NONE;
    }

    /** An authority can be used. */
    void usable(URI authority) {
        unusableAuthorities.remove(authority);
        usable();
    }

    /** Why nothing can be ordered at all: because of the folder, or because no authority can be used. */
    IssuanceAttempts unusable() {
        boolean isAuthorityLeft =
                directories.stream().anyMatch(directory -> !unusableAuthorities.containsKey(directory));
        return unusableFolder.failures() > 0 || isAuthorityLeft
                ? unusableFolder
                : unusableAuthorities.getOrDefault(directories.getFirst(), IssuanceAttempts.NONE);
    }

    /** Whether the folder and an authority may be tried again. */
    boolean mayTryAgain(URI authority) {
        Instant now = clock.instant();
        return pauses.isOver(ALL, unusableFolder, now)
                && pauses.isOver(
                        ALL + authority, unusableAuthorities.getOrDefault(authority, IssuanceAttempts.NONE), now);
    }

    /** What is known of the certificate of a name. */
    IssuanceRecord record(HostName name) {
        return records.getOrDefault(name, IssuanceRecord.EMPTY);
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
                unusable(),
                clock.instant());
    }
}
