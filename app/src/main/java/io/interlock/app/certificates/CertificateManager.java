package io.interlock.app.certificates;

import io.interlock.api.status.CertificateStatus.Origin;
import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.TlsStatus;
import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.runtime.FolderWatcher;
import io.interlock.util.ChangeSignal;
import io.interlock.util.ErrorMessages;
import io.interlock.util.FileAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds certificates to topologies, and notifies a listener when they change. Watches the folders on its own thread.
 * Safe for all threads.
 */
public final class CertificateManager implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("tls");

    /** How long to wait after a change before the next scan. */
    private static final Duration QUIET = Duration.ofMillis(100);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** How often to look whether another folder is in the place of one that is watched. */
    private static final Duration BETWEEN_LOOKS_AT_FOLDERS = Duration.ofSeconds(1);

    private static final Duration BETWEEN_LOOKS_AT_CHALLENGES = Duration.ofMillis(500);

    private final CertificateTracker store;
    private final IssuanceSource issuances;
    private final List<Path> folders;
    private final Clock clock;
    private final ChangeSignal hints = new ChangeSignal();
    private final List<FolderWatcher> watches = new ArrayList<>();
    private final Thread thread = Thread.ofVirtual().name("certificates").unstarted(this::run);

    /** What was logged; used by one thread at a time. */
    private Map<Path, String> complaints = Map.of();

    // The fields below are guarded by this.
    private CertificateSet set = CertificateSet.EMPTY;
    private List<VirtualHost> hosts = List.of();
    private CertificateMatcher.Result chosen = CertificateMatcher.Result.EMPTY;
    private List<AcmeChallenge> challenges = List.of();
    private volatile Runnable listener = () -> {};

    /** Source of the challenges of certificate authorities and of the progress of orders. */
    public interface IssuanceSource {

        /** Source for an Interlock that orders no certificates. */
        IssuanceSource NONE = new IssuanceSource() {
            @Override
            public Optional<Path> folder() {
                return Optional.empty();
            }

            @Override
            public List<AcmeChallenge> challenges() {
                return List.of();
            }

            @Override
            public List<IssuanceStatus> status() {
                return List.of();
            }
        };

        /** The folder of issued certificates. */
        Optional<Path> folder();

        /** The challenges that must be answered now. May read files. */
        List<AcmeChallenge> challenges();

        /** The status of each certificate that is ordered. */
        List<IssuanceStatus> status();
    }

    /**
     * @param folder the operator's certificates
     * @param copies Interlock's own folder for copies of good certificates
     */
    public CertificateManager(Path folder, Path copies, IssuanceSource issuances, Clock clock) {
        List<CertificateFolder> all = new ArrayList<>(List.of(new CertificateFolder(folder, Origin.FOLDER, "")));
        issuances.folder().ifPresent(issued -> all.add(new CertificateFolder(issued, Origin.ACME, "acme.")));
        this.store = new CertificateTracker(all, new CertificateCopyStore(copies), clock);
        this.folders = new ArrayList<>(List.of(folder));
        issuances.folder().ifPresent(this.folders::add);
        this.issuances = issuances;
        this.clock = clock;
    }

    /**
     * @param listener called on another thread when {@link #addCertificates} may have another result; must be quick
     */
    public void onChange(Runnable listener) {
        this.listener = listener;
    }

    /**
     * Scans the folders for the first time, and starts to watch them. A folder that cannot be created does not keep the
     * others from being served.
     */
    public void start() {
        for (Path folder : folders) {
            try {
                FileAccess.PRIVATE.makeFolder(folder);
            } catch (IOException e) {
                log.warn("{}, a folder of certificates, cannot be made: {}", folder, ErrorMessages.reason(e));
            }
            watches.add(FolderWatcher.start(folder, hints::raise));
        }
        look();
        thread.start();
    }

    /** The same topology with the certificates for its names. */
    public synchronized Topology addCertificates(Topology topology) {
        if (!hosts.equals(topology.virtualHosts())) {
            hosts = topology.virtualHosts();
            chosen = CertificateMatcher.of(set, hosts, clock.instant());
        }
        return topology.with(new TlsMaterial(chosen.certificates(), challenges));
    }

    /** The status of all certificates. */
    public synchronized TlsStatus status() {
        return TlsStatusMapper.of(set, chosen, hosts, issuances.status(), clock.instant());
    }

    /** The validity of the certificate that was issued for each name alone. */
    public synchronized Map<HostName, Validity> issued() {
        Map<HostName, Validity> issued = new TreeMap<>();
        for (TrackedCertificate held : set.certificates()) {
            if (held.files().origin() == Origin.ACME) {
                held.served()
                        .map(StoredCertificate::bundle)
                        .ifPresent(bundle -> bundle.names()
                                .forEach(
                                        name -> issued.put(name, new Validity(bundle.notBefore(), bundle.notAfter()))));
            }
        }
        return issued;
    }

    /** Period in which a certificate is valid. */
    public record Validity(Instant notBefore, Instant notAfter) {}

    /** Requests a scan of the folders soon. */
    public void hint() {
        hints.raise();
    }

    private void run() {
        Instant lastLook = clock.instant();
        try {
            while (true) {
                Duration pause =
                        issuances.folder().isPresent() ? BETWEEN_LOOKS_AT_CHALLENGES : BETWEEN_LOOKS_AT_FOLDERS;
                boolean hinted = hints.await(pause);
                watches.forEach(FolderWatcher::renew);
                if (hinted) {
                    TimeUnit.MILLISECONDS.sleep(QUIET.toMillis());
                    hints.clear();
                }
                boolean due = hinted
                        || store.isUnsettled()
                        || Duration.between(lastLook, clock.instant()).abs().compareTo(BETWEEN_LOOKS) >= 0;
                if (due) {
                    lastLook = clock.instant();
                }
                if (due ? look() : lookAtChallenges()) {
                    listener.run();
                }
            }
        } catch (InterruptedException end) {
            log.debug("certificates are no longer checked");
        }
    }

    /** Scans the folders; returns whether anything changed. */
    private boolean look() {
        CertificateSet next = store.scan();
        boolean different = lookAtChallenges();
        Map<Path, String> now;
        synchronized (this) {
            set = next;
            CertificateMatcher.Result choice = CertificateMatcher.of(set, hosts, clock.instant());
            different |= !choice.equals(chosen);
            chosen = choice;
            now = TlsStatusMapper.complaints(set, chosen, clock.instant());
        }
        now.forEach((file, reason) -> {
            if (!reason.equals(complaints.get(file))) {
                log.warn("certificate file {} {}", file, reason);
            }
        });
        complaints = now;
        return different;
    }

    private boolean lookAtChallenges() {
        List<AcmeChallenge> now = issuances.challenges();
        synchronized (this) {
            boolean different = !now.equals(challenges);
            challenges = now;
            return different;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        watches.forEach(FolderWatcher::close);
    }
}
