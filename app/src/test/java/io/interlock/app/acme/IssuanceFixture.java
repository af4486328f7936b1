package io.interlock.app.acme;

import static io.interlock.app.AwaitTimeout.await;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.HostTls;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.acme.SimulatedAuthority.Answer;
import io.interlock.app.acme.connection.AuthorityClock;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.acme.record.IssuanceRecord;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.app.config.AcmeConfig;
import io.interlock.app.config.AuthorityConfig;
import io.interlock.app.config.CertificateKeyType;
import io.interlock.app.config.DnsChallengeConfig;
import io.interlock.app.dns.DnsChallengeService;
import io.interlock.app.dns.DnsRecordEditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Orders at a simulated authority, with clocks that the test moves. */
abstract class IssuanceFixture {

    static final HostName ONE = HostName.of("one.example.com");
    static final HostName TWO = HostName.of("two.example.com");
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final Duration PAUSE = Duration.ofMinutes(10);
    static final Duration LIMIT = Duration.ofSeconds(1);
    static final Answer REFUSED = Answer.problem(403, "unauthorized", "");

    @TempDir
    Path root;

    Path folder;

    final MovableClock clock = new MovableClock(NOW);
    final MovableClock authorityClock = new MovableClock(NOW);
    final Map<HostName, Validity> issued = new ConcurrentHashMap<>();
    List<VirtualHost> desired = List.of();
    List<DnsChallengeConfig> dns = List.of();
    DnsRecordEditor editor = NoDnsProviders.EDITOR;
    SimulatedAuthority authority;
    IssuanceManager issuing;

    @BeforeEach
    void start() throws IOException {
        authority = new SimulatedAuthority(NOW);
        folder = root;
        issuing = start("one");
    }

    /** Starts another instance that shares the folder. */
    IssuanceManager start(String instance) {
        return start(instance, LIMIT);
    }

    /** @param limit the time limit of each step of an order */
    IssuanceManager start(String instance, Duration limit) {
        IssuanceManager manager = new IssuanceManager(
                config(),
                new DnsChallengeService(editor),
                instance,
                clock,
                clock::nanos,
                () -> new AuthorityClock(clock::nanos) {
                    @Override
                    public void observe(String date) {
                        super.observe(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                authorityClock.instant().atOffset(ZoneOffset.UTC)));
                    }
                },
                limit);
        manager.start(() -> Map.copyOf(issued), () -> manager.answers("lb", manager.challenges()));
        return manager;
    }

    AcmeConfig config() {
        return new AcmeConfig(authorities(), folder, keyType(), dns, PAUSE);
    }

    CertificateKeyType keyType() {
        return CertificateKeyType.P256;
    }

    List<AuthorityConfig> authorities() {
        return List.of(authority(authority));
    }

    static AuthorityConfig authority(SimulatedAuthority at) {
        return new AuthorityConfig(
                at.directory(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @AfterEach
    void stop() {
        issuing.close();
        authority.close();
    }

    void want(HostName... names) {
        HostTls tls = new HostTls(true, Optional.empty(), Optional.empty());
        desired = names.length == 0
                ? List.of()
                : List.of(new VirtualHost(List.of(names), List.of(Route.toBackend("backend")), tls));
        issuing.want(desired);
    }

    /** Time passes, and a check follows soon. */
    void move(Duration by) {
        authorityClock.move(by);
        clock.move(by);
        check();
    }

    /** Somebody sets the clock of this machine, and a check follows soon. */
    void jump(Duration by) {
        clock.jump(by);
        check();
    }

    void check() {
        issuing.want(List.of());
        issuing.want(desired);
    }

    /** Waits until the attempt has ended, too: the pause after it begins when it ends. */
    void awaitCertificate(HostName name) {
        await().until(() -> Files.exists(folder.resolve("certificates").resolve(name.value() + ".pem")));
        awaitLock(name);
        issued.put(name, validity());
    }

    Validity validity() {
        return new Validity(authority.issuedFrom, authority.issuedFrom.plus(Duration.ofDays(90)));
    }

    void awaitState(HostName name, State state) {
        awaitState(name, state, "");
    }

    void awaitState(HostName name, State state, String why) {
        await().alias(why).until(() -> status(name).state() == state);
    }

    /** Moves the time by a pause again and again: an attempt may end after the time has moved. */
    void awaitWithPauses(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofSeconds(1)).until(() -> {
            move(PAUSE);
            return condition.call();
        });
    }

    /** Waits until nobody is at an attempt for the first name. */
    void awaitLock() {
        awaitLock(ONE);
    }

    void awaitLock(HostName name) {
        await().until(() -> {
            Optional<AcmeFolder.Lock> lock = new AcmeFolder(folder, "test").lock(name);
            if (lock.isPresent()) {
                lock.get().close();
            }
            return lock.isPresent();
        });
    }

    Path certificate() {
        return root.resolve("certificates").resolve(ONE.value() + ".pem");
    }

    IssuanceRecord record() throws IOException {
        return record(ONE);
    }

    IssuanceRecord record(HostName name) throws IOException {
        return new AcmeFolder(root, "test").record(name);
    }

    /** Removes everything that is known of the first name. */
    void forget() {
        want();
        issued.clear();
        try {
            Files.delete(certificate());
            new AcmeFolder(root, "test").write(ONE, IssuanceRecord.EMPTY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    IssuanceStatus status(HostName name) {
        return issuing.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
