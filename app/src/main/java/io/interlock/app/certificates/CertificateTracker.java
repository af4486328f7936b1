package io.interlock.app.certificates;

import io.interlock.util.ErrorMessages;
import io.interlock.util.PemText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the folders of certificates. Level triggered: each scan leads to the current files. Confined to one thread.
 */
final class CertificateTracker {

    private static final Logger log = LoggerFactory.getLogger("tls");

    /** A bad file may still be incomplete for this long after a change. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    /** A missing file may still come back for this long: tools remove a certificate before they write the next one. */
    private static final Duration REMOVAL_SETTLING = Duration.ofSeconds(15);

    private final List<CertificateFolder> folders;
    private final CertificateCopyStore copies;
    private final Clock clock;
    private final Map<String, Instant> missingSince = new HashMap<>();
    private Map<String, TrackedCertificate> held = new TreeMap<>();
    private boolean unsettled;

    CertificateTracker(List<CertificateFolder> folders, CertificateCopyStore copies, Clock clock) {
        this.folders = List.copyOf(folders);
        this.copies = copies;
        this.clock = clock;
    }

    /** Whether another scan is due soon, because a file was being written or missing at the last one. */
    boolean isUnsettled() {
        return unsettled;
    }

    /** Scans the folders and returns the current certificates. */
    CertificateSet scan() {
        unsettled = false;
        Instant now = clock.instant();
        Map<String, TrackedCertificate> next = new TreeMap<>();
        Map<Path, String> problems = new LinkedHashMap<>();
        Map<Path, String> unreadable = new LinkedHashMap<>();
        for (CertificateFolder folder : folders) {
            try {
                CertificateFolder.FolderScan look = folder.scan();
                problems.putAll(look.problems());
                look.certificates()
                        .values()
                        .forEach(found -> held(found, now).ifPresent(one -> next.put(found.id(), one)));
            } catch (IOException e) {
                unreadable.put(folder.path(), "cannot be read: " + ErrorMessages.reasonAt(folder.path(), e));
                held.values().stream()
                        .filter(one -> folder.owns(one.files()))
                        .forEach(one -> next.put(one.files().id(), one));
            }
        }
        keepForAWhile(next, now);
        held = next;
        try {
            copies.remember(inService(next));
            copies.keepOnly(desired(next), now);
        } catch (IOException e) {
            log.warn("copies of certificates cannot be maintained: {}", ErrorMessages.reason(e));
        }
        return new CertificateSet(CompanionFileFilter.filter(held.values()), problems, unreadable);
    }

    /** Adds the certificates whose files are missing, until they have been missing for a while. */
    private void keepForAWhile(Map<String, TrackedCertificate> next, Instant now) {
        missingSince.keySet().removeAll(next.keySet());
        held.forEach((id, one) -> {
            if (next.containsKey(id)) {
                return;
            }
            Instant since = missingSince.computeIfAbsent(id, any -> now);
            boolean isGone = Duration.between(since, now).abs().compareTo(REMOVAL_SETTLING) >= 0;
            if (isGone || one.served().isEmpty()) {
                missingSince.remove(id);
                copies.forget(id);
            } else {
                unsettled = true;
                next.put(id, one.with(one.files(), one.latest(), now));
            }
        });
    }

    private Optional<TrackedCertificate> held(CertificateFilePair found, Instant now) {
        TrackedCertificate before = held.get(found.id());
        if (before != null && before.files().equals(found)) {
            return Optional.of(before.with(found, before.latest(), now));
        }
        CertificateLoadResult reading = read(found);
        if (reading instanceof CertificateLoadResult.Bad && isSettling(found, now)) {
            unsettled = true;
            return Optional.ofNullable(before);
        }
        return Optional.of(
                before == null
                        ? TrackedCertificate.of(found, reading, lastGood(found.id(), reading, now), now)
                        : before.with(found, reading, now));
    }

    private static boolean isSettling(CertificateFilePair found, Instant now) {
        return Duration.between(found.modified(), now).abs().compareTo(SETTLING) < 0;
    }

    private Optional<StoredCertificate> lastGood(String id, CertificateLoadResult latest, Instant now) {
        try {
            return copies.lastGood(
                    id,
                    latest instanceof CertificateLoadResult.Good good ? Optional.of(good.stored()) : Optional.empty(),
                    now);
        } catch (IOException e) {
            log.warn("the last good copy of certificate {} cannot be read: {}", id, ErrorMessages.reason(e));
            return Optional.empty();
        }
    }

    private CertificateLoadResult read(CertificateFilePair found) {
        try {
            return new CertificateLoadResult.Good(copies.keep(found));
        } catch (GeneralSecurityException e) {
            return new CertificateLoadResult.Bad(String.valueOf(e.getMessage()), unkeyed(found));
        } catch (AccessDeniedException e) {
            return new CertificateLoadResult.Bad("cannot be read by this user", Optional.empty());
        } catch (IOException e) {
            return new CertificateLoadResult.Bad("cannot be read: " + ErrorMessages.reason(e), Optional.empty());
        }
    }

    private static Optional<Set<String>> unkeyed(CertificateFilePair found) {
        try {
            return CertificateBundleReader.unkeyed(PemText.read(found.certificate()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<Path> inService(Map<String, TrackedCertificate> all) {
        return all.values().stream()
                .flatMap(one -> Stream.concat(one.served().stream(), one.previous().stream()))
                .map(StoredCertificate::file)
                .toList();
    }

    private static Set<Path> desired(Map<String, TrackedCertificate> all) {
        Set<Path> desired = new HashSet<>();
        for (TrackedCertificate one : all.values()) {
            one.served().map(StoredCertificate::file).ifPresent(desired::add);
            one.previous().map(StoredCertificate::file).ifPresent(desired::add);
            if (one.latest() instanceof CertificateLoadResult.Good good) {
                desired.add(good.stored().file());
            }
        }
        return desired;
    }
}
