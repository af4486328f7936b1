package io.interlock.app.acme;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.IssuanceStatus.State;
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
 * Sees to it that each name that wants a certificate has one. Level triggered: what is there is looked at again and again, and
 * what is due is ordered, by whichever Interlock gets the right to it first. Safe for all threads.
 */
public final class IssuanceManager implements CertificateManager.IssuanceSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IssuanceManager.class);

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
    private final Map<String, Set<String>> answered = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("acme").unstarted(this::run);
    private volatile SortedSet<HostName> wanted = new TreeSet<>();
    private volatile IssuanceAttempts authority = IssuanceAttempts.NONE;
    private volatile IssuedCertificates present = Map::of;
    private volatile Runnable changed = () -> {};

    /** Tells since when and until when certificates are valid that were issued. */
    public interface IssuedCertificates {
        Map<HostName, Validity> issued();
    }

    /**
     * @param instance a name that no other Interlock has that shares the folder
     * @throws IOException if the folder cannot be made
     */
    public IssuanceManager(AcmeConfig config, String instance, Clock clock) throws IOException {
        this.config = config;
        this.folder = new AcmeFolder(config.folder(), instance);
        this.issuer = new AcmeOrderClient(config, folder, clock, LIMIT_OF_A_STEP);
        this.clock = clock;
        folder.make();
    }

    /**
     * Begins.
     *
     * @param there what was issued
     * @param onChange is told when files have changed
     */
    public void start(IssuedCertificates there, Runnable onChange) {
        present = there;
        changed = onChange;
        thread.start();
    }

    /** Says who wants certificates. */
    public void want(List<VirtualHost> hosts) {
        SortedSet<HostName> names = hosts.stream()
                .filter(host -> host.tls().issued())
                .flatMap(host -> host.hostNames().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!names.equals(wanted)) {
            wanted = names;
            wake.raise();
        }
    }

    /** Says which challenges a load balancer answers. */
    public void answers(String loadBalancer, List<AcmeChallenge> challenges) {
        Set<String> tokens = challenges.stream().map(AcmeChallenge::token).collect(Collectors.toSet());
        if (!tokens.equals(answered.put(loadBalancer, tokens))) {
            wake.raise();
        }
    }

    /** Says that a load balancer is not used any more. */
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
        return wanted.stream()
                .map(name -> status(name, Optional.ofNullable(issued.get(name))))
                .toList();
    }

    private IssuanceStatus status(HostName name, Optional<Validity> validity) {
        if (!name.isExact()) {
            return new IssuanceStatus(
                    name,
                    State.IMPOSSIBLE,
                    Optional.empty(),
                    0,
                    "a certificate for more than one name cannot be issued by way of HTTP; put one into certificates_dir");
        }
        IssuanceAttempts failed = attempts.getOrDefault(name, IssuanceAttempts.NONE);
        IssuanceAttempts worst =
                authority.failures() > 0 && RenewalPlanner.of(validity).isBefore(clock.instant()) ? authority : failed;
        State state = worst.failures() > 0
                ? State.FAILED
                : underWay.contains(name) || validity.isEmpty() ? State.ORDERING : State.ISSUED;
        Optional<Instant> due =
                state == State.ORDERING ? Optional.empty() : Optional.of(RenewalPlanner.due(validity, worst));
        return new IssuanceStatus(name, state, due, worst.failures(), worst.reason());
    }

    private void run() {
        Instant lastSign = Instant.EPOCH;
        Set<String> lastTokens = Set.of();
        try {
            while (true) {
                Set<String> tokens = answeredByAll();
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
            log.debug("no certificates are ordered any more");
        }
    }

    /** Also after the clock was set back: whoever shares the folder goes by its own. */
    private boolean isSignDue(Instant last) {
        return Duration.between(last, clock.instant()).abs().compareTo(BETWEEN_SIGNS_OF_LIFE) >= 0;
    }

    /** The challenges that every load balancer here answers. */
    private Set<String> answeredByAll() {
        Set<String> all = new TreeSet<>();
        answered.values().forEach(all::addAll);
        answered.values().forEach(all::retainAll);
        return all;
    }

    private void orderWhatIsDue() throws IOException, InterruptedException {
        Instant now = clock.instant();
        Map<HostName, Validity> issued = present.issued();
        List<HostName> due = wanted.stream()
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

    /** One that does not answer is not asked again for each name. */
    private boolean isAuthorityThere(Instant now) throws IOException, InterruptedException {
        if (authority.next().isAfter(now)) {
            return false;
        }
        try {
            var unused = issuer.logOn();
            authority = IssuanceAttempts.NONE;
            return true;
        } catch (IssuanceException e) {
            authority =
                    authority.failed(String.valueOf(e.getMessage()), now, config.retryPause(), e.notBefore(), random);
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
            IssuanceAttempts failed = folder.attempts(name)
                    .failed(
                            String.valueOf(e.getMessage()),
                            clock.instant(),
                            config.retryPause(),
                            e.notBefore(),
                            random);
            folder.failed(name, failed);
            attempts.put(name, failed);
            // The account, or the authority's addresses, may be others by then.
            issuer.logOff();
            log.warn("{}; the next attempt is at {}", failed.reason(), failed.next());
        }
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
