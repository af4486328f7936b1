package io.interlock.app.acme;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.certificates.CertificateManager;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.app.config.AcmeConfig;
import io.interlock.util.ChangeSignal;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
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
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_WITH_ANSWERS = Duration.ofSeconds(10);
    private static final Duration LIMIT_OF_A_STEP = Duration.ofSeconds(90);
    private static final int MOST_ORDERS_AT_A_TIME = 8;

    private final AcmeConfig config;
    private final AcmeFolder folder;
    private final AcmeOrderClient issuer;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Semaphore orders = new Semaphore(MOST_ORDERS_AT_A_TIME);
    private final ChangeSignal wake = new ChangeSignal();
    private final Set<Thread> ordering = ConcurrentHashMap.newKeySet();
    private final Map<HostName, IssuanceAttempts> attempts = new ConcurrentHashMap<>();
    private final Set<HostName> underWay = ConcurrentHashMap.newKeySet();
    private final AnsweredChallenges answered = new AnsweredChallenges();
    private final Thread thread = Thread.ofVirtual().name("acme").unstarted(this::run);
    private volatile SortedSet<HostName> desired = new TreeSet<>();
    private volatile IssuanceAttempts authority = IssuanceAttempts.NONE;
    private volatile IssuedCertificates present = Map::of;
    private volatile Runnable changed = () -> {};

    /** Source of the periods in which issued certificates are valid. */
    public interface IssuedCertificates {
        Map<HostName, Validity> issued();
    }

    /**
     * @param instance a name that no other Interlock that shares the folder has
     * @throws IOException if the folder cannot be created
     */
    public IssuanceManager(AcmeConfig config, String instance, Clock clock) throws IOException {
        this.config = config;
        this.folder = new AcmeFolder(config.folder(), instance);
        this.issuer = new AcmeOrderClient(config, folder, clock, LIMIT_OF_A_STEP);
        this.clock = clock;
        folder.make();
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
    }

    /** Sets the hosts that ask for certificates. */
    public void want(List<VirtualHost> hosts) {
        SortedSet<HostName> names = hosts.stream()
                .filter(host -> host.tls().issued())
                .flatMap(host -> host.hostNames().stream())
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
            return folder.challenges();
        } catch (IOException e) {
            log.warn("challenges cannot be read: {}", ErrorMessages.reason(e));
            return List.of();
        }
    }

    @Override
    public List<IssuanceStatus> status() {
        Map<HostName, Validity> issued = present.issued();
        return desired.stream()
                .map(name -> IssuanceStatusMapper.status(
                        name,
                        Optional.ofNullable(issued.get(name)),
                        underWay.contains(name),
                        attempts.getOrDefault(name, IssuanceAttempts.NONE),
                        authority,
                        clock.instant()))
                .toList();
    }

    private void run() {
        Instant lastSign = Instant.EPOCH;
        Set<String> lastTokens = Set.of();
        try {
            while (true) {
                Set<String> tokens = answered.byAll();
                try {
                    if (!tokens.equals(lastTokens) || isSignDue(lastSign)) {
                        folder.signOfLife(tokens);
                        lastTokens = tokens;
                        lastSign = clock.instant();
                    }
                    orderWhatIsDue();
                } catch (IOException e) {
                    log.warn("{} cannot be used: {}", config.folder(), ErrorMessages.reasonAt(config.folder(), e));
                }
                boolean unused = wake.await(BETWEEN_LOOKS);
            }
        } catch (InterruptedException end) {
            log.debug("certificates are no longer ordered");
        }
    }

    /**
     * Compares the absolute distance, because the clock may be set back: others that share the folder use their own
     * clocks.
     */
    private boolean isSignDue(Instant last) {
        return Duration.between(last, clock.instant()).abs().compareTo(BETWEEN_SIGNS_OF_LIFE) >= 0;
    }

    private void orderWhatIsDue() throws IOException, InterruptedException {
        Instant now = clock.instant();
        Map<HostName, Validity> issued = present.issued();
        List<HostName> due = desired.stream()
                .filter(name -> name.isExact() && !underWay.contains(name))
                .filter(name -> isDue(name, Optional.ofNullable(issued.get(name)), now))
                .toList();
        if (due.isEmpty() || !isAuthorityThere(now)) {
            return;
        }
        for (HostName name : due) {
            if (!orders.tryAcquire()) {
                return;
            }
            underWay.add(name);
            Thread.ofVirtual().name("acme-" + name).start(() -> {
                ordering.add(Thread.currentThread());
                try {
                    order(name);
                } catch (InterruptedException e) {
                    log.debug("{}: interrupted", name);
                } finally {
                    ordering.remove(Thread.currentThread());
                    underWay.remove(name);
                    orders.release();
                    wake.raise();
                }
            });
        }
    }

    private boolean isDue(HostName name, Optional<Validity> validity, Instant now) {
        IssuanceAttempts failed = folder.attempts(name);
        attempts.put(name, failed);
        return !RenewalPlanner.due(validity, failed).isAfter(now);
    }

    /**
     * Checks the authority once for all names, so that an authority that does not answer is not asked for each name.
     */
    private boolean isAuthorityThere(Instant now) throws IOException, InterruptedException {
        if (authority.next().isAfter(now)) {
            return false;
        }
        try {
            var unused = issuer.logOn();
            authority = IssuanceAttempts.NONE;
            return true;
        } catch (IssuanceException e) {
            authority = failed(authority, e);
            log.warn("{}; the next attempt is at {}", e.getMessage(), authority.next());
            return false;
        }
    }

    private void order(HostName name) throws InterruptedException {
        try {
            Optional<AcmeFolder.Lock> lock = folder.lock(name.value());
            if (lock.isEmpty()) {
                return;
            }
            try {
                if (isDue(name, IssuedCertificateFile.validity(folder.certificate(name)), clock.instant())) {
                    issue(name);
                }
            } finally {
                lock.get().close();
            }
            changed.run();
        } catch (IOException e) {
            log.warn("no certificate could be ordered for {}: {}", name, ErrorMessages.reason(e));
        }
    }

    private void issue(HostName name) throws IOException, InterruptedException {
        log.info("ordering a certificate for {}", name);
        try {
            String pem = issuer.issue(name, this::awaitAnswer);
            folder.write(folder.certificate(name), pem);
            folder.succeeded(name);
            attempts.remove(name);
            log.info("a certificate was issued for {}", name);
        } catch (IssuanceException e) {
            IssuanceAttempts failed = failed(folder.attempts(name), e);
            folder.failed(name, failed);
            attempts.put(name, failed);
            // The account or the authority's addresses may have changed by the next attempt.
            issuer.logOff();
            log.warn("{}; the next attempt is at {}", failed.reason(), failed.next());
        }
    }

    private IssuanceAttempts failed(IssuanceAttempts before, IssuanceException e) {
        String reason = String.valueOf(e.getMessage());
        return before.failed(reason, clock.instant(), config.retryPause(), e.notBefore(), random);
    }

    /** An Interlock that does not answer in time is perhaps not reached by clients either. */
    private void awaitAnswer(AcmeChallenge challenge) throws IOException, InterruptedException {
        changed.run();
        long until = System.nanoTime() + PATIENCE_WITH_ANSWERS.toNanos();
        while (!folder.isAnsweredEverywhere(challenge.token()) && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        ordering.forEach(Thread::interrupt);
        try {
            folder.endOfLife();
        } catch (IOException e) {
            log.debug("the sign of life stays", e);
        }
    }
}
