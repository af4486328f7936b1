package io.interlock.app.acme;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.acme.connection.AuthorityClock;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.IssuanceAttempts;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.certificates.CertificateManager;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.dns.DnsChallengeService;
import io.interlock.util.ChangeSignal;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ensures that each name that asks for a certificate has one. Level triggered: it examines the current state again and
 * again, and orders each due certificate. The first instance of Interlock that gets the lock places the order. Safe for
 * all threads.
 */
public final class IssuanceManager implements CertificateManager.IssuanceSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("acme");

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration PATIENCE_WITH_THREAD = Duration.ofSeconds(2);
    private static final Duration LIMIT_OF_A_STEP = Duration.ofSeconds(90);

    private final AcmeConfig config;
    private final AcmeFolder folder;
    private final AuthoritySet authorities;
    private final IssuanceWorker worker;
    private final IssuanceRegistry registry;
    private final ChangeSignal wake = new ChangeSignal();
    private final OrderDispatcher dispatcher = new OrderDispatcher(wake::raise);
    private final AnsweredChallenges answered = new AnsweredChallenges();
    private final InstanceHeartbeat heartbeat;
    private final Thread thread = Thread.ofVirtual().name("acme").unstarted(this::run);
    private final Thread suggestions;
    private volatile NavigableSet<HostName> desired = new TreeSet<>();
    private volatile IssuedCertificates present = Map::of;
    private volatile Runnable changed = () -> {};

    /** Source of the periods in which issued certificates are valid. */
    public interface IssuedCertificates {
        Map<HostName, Validity> issued();
    }

    /**
     * @param instance a name that no other Interlock that shares the folder has
     * @param nanos a clock that does not jump, in nanoseconds
     */
    public IssuanceManager(
            AcmeConfig config, DnsChallengeService dns, String instance, Clock clock, LongSupplier nanos) {
        this(config, dns, instance, clock, nanos, () -> new AuthorityClock(nanos), LIMIT_OF_A_STEP);
    }

    IssuanceManager(
            AcmeConfig config,
            DnsChallengeService dns,
            String instance,
            Clock clock,
            LongSupplier nanos,
            Supplier<AuthorityClock> authorityClocks,
            Duration limit) {
        this.config = config;
        this.folder = new AcmeFolder(config.folder(), instance);
        this.heartbeat = new InstanceHeartbeat(folder, answered, clock);
        this.registry = new IssuanceRegistry(config, folder, clock, nanos);
        this.authorities = AuthoritySet.of(config, folder, dns, clock, authorityClocks, limit);
        RenewalInfoClient renewals = new RenewalInfoClient(folder, authorities, clock);
        this.suggestions = Thread.ofVirtual()
                .name("acme-renewals")
                .unstarted(() -> renewals.follow(this::namesToAskAbout, registry::put));
        this.worker = new IssuanceWorker(config, folder, authorities, new DnsRecordCleaner(dns, clock), clock);
    }

    /**
     * Starts ordering.
     *
     * @param there the issued certificates
     * @param onChange called when files have changed
     */
    public void start(IssuedCertificates there, Runnable onChange) {
        present = there;
        changed = onChange;
        thread.start();
        suggestions.start();
    }

    /** Sets the hosts that ask for certificates. */
    public void want(List<VirtualHost> hosts) {
        NavigableSet<HostName> names = hosts.stream()
                .filter(host -> host.tls().issued())
                .flatMap(host -> host.hostNames().stream())
                .map(config::certified)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!names.equals(desired)) {
            desired = names;
            wake.raise();
        }
    }

    /** Sets the challenges that a load balancer answers. */
    public void answers(String loadBalancer, List<AcmeChallenge> challenges) {
        if (answered.put(loadBalancer, challenges)) {
            wake.raise();
        }
    }

    /** Removes a load balancer that is no longer used. */
    public void ended(String loadBalancer) {
        answered.remove(loadBalancer);
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder.certificates());
    }

    @Override
    public List<AcmeChallenge> challenges() {
        try {
            return folder.shared().challenges();
        } catch (IOException e) {
            log.debug("challenges cannot be read", e);
            return List.of();
        }
    }

    @Override
    public List<IssuanceStatus> status() {
        Map<HostName, Validity> issued = present.issued();
        return desired.stream()
                .map(name -> registry.status(name, Optional.ofNullable(issued.get(name)), dispatcher.isUnderWay(name)))
                .toList();
    }

    private void run() {
        try {
            while (true) {
                try {
                    if (heartbeat.beat()) {
                        registry.readLeftovers();
                        registry.usable();
                    }
                    orderWhatIsDue();
                    cleanUpWhatIsLeft();
                } catch (ClosedByInterruptException end) {
                    return;
                } catch (IOException e) {
                    heartbeat.reset();
                    if (registry.failed(e)) {
                        log.warn("{}", registry.unusable().reason());
                    }
                }
                boolean unused = wake.await(BETWEEN_LOOKS);
            }
        } catch (InterruptedException end) {
            log.debug("certificates are no longer ordered");
        }
    }

    private void orderWhatIsDue() throws InterruptedException {
        Map<HostName, Validity> issued = present.issued();
        List<HostName> due = desired.stream()
                .filter(name -> config.isOrderable(name) && !dispatcher.isUnderWay(name))
                .filter(name -> registry.mayBeDue(name, Optional.ofNullable(issued.get(name))))
                .toList();
        AuthorityChecker checker = new AuthorityChecker(authorities, registry);
        for (HostName name : due) {
            // Authorities are asked only for an attempt that can start.
            if (!dispatcher.hasRoom()) {
                return;
            }
            Optional<AcmeAuthority> authority = checker.choose(name);
            if (authority.isPresent() && !dispatcher.start(name, each -> order(each, authority.get()))) {
                return;
            }
        }
    }

    private void cleanUpWhatIsLeft() {
        registry.namesToCleanUp(desired).stream()
                .filter(name -> !dispatcher.isUnderWay(name))
                .forEach(name -> {
                    boolean unused = dispatcher.start(name, this::cleanUp);
                });
    }

    /** The names whose certificates are there, and about whose renewal it is time to ask. */
    private List<HostName> namesToAskAbout() {
        return registry.unusable().failures() > 0
                ? List.of()
                : present.issued().keySet().stream()
                        .filter(desired::contains)
                        .filter(registry::isSuggestionDue)
                        .toList();
    }

    private void order(HostName name, AcmeAuthority authority) throws InterruptedException {
        write(
                name,
                () -> worker.attempt(
                        name,
                        authority,
                        (record, validity) -> registry.isDue(name, record, validity),
                        this::awaitAnswer));
        changed.run();
    }

    private void cleanUp(HostName name) throws InterruptedException {
        write(name, () -> worker.cleanUp(name));
    }

    /** Work that writes down what is known of a name afterwards. */
    private interface RecordedWork {
        Optional<IssuanceRecord> run() throws IOException, InterruptedException;
    }

    private void write(HostName name, RecordedWork work) throws InterruptedException {
        try {
            work.run().ifPresent(record -> registry.put(name, record));
        } catch (ClosedByInterruptException end) {
            log.debug("{}: interrupted", name);
        } catch (IOException e) {
            IssuanceAttempts failed = registry.failed(name, e);
            log.warn("{}: {}; the next attempt is at {}", name, failed.reason(), failed.next());
        }
    }

    private void awaitAnswer(AcmeChallenge challenge) throws IOException, InterruptedException {
        changed.run();
        heartbeat.awaitAnswer(challenge);
    }

    @Override
    public void close() {
        try {
            for (Thread each : List.of(thread, suggestions)) {
                each.interrupt();
                each.join(PATIENCE_WITH_THREAD.toMillis());
            }
            dispatcher.close(PATIENCE_WITH_THREAD.toMillis());
            folder.shared().endOfLife();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.debug("the sign of life stays", e);
        }
    }
}
