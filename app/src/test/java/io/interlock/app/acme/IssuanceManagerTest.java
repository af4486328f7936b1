package io.interlock.app.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.interlock.api.status.IssuanceStatus;
import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.HostTls;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.acme.SimulatedAuthority.Answer;
import io.interlock.app.certificates.CertificateManager.Validity;
import io.interlock.app.config.AcmeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests when certificates are ordered, with a clock that the test moves. */
@Tag("unit")
class IssuanceManagerTest {

    private static final HostName ONE = HostName.of("one.example.com");
    private static final HostName TWO = HostName.of("two.example.com");
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Answer REFUSED = Answer.problem(403, "unauthorized", "");

    @TempDir
    Path root;

    private final MovableClock clock = new MovableClock(NOW);
    private final Map<HostName, Validity> issued = new ConcurrentHashMap<>();
    private List<VirtualHost> desired = List.of();
    private SimulatedAuthority authority;
    private IssuanceManager issuing;

    @BeforeEach
    void start() throws IOException {
        authority = new SimulatedAuthority(NOW);
        issuing = new IssuanceManager(
                new AcmeConfig(authority.directory(), Optional.empty(), root, Optional.empty(), PAUSE), "one", clock);
        issuing.start(() -> Map.copyOf(issued), () -> issuing.answers("lb", issuing.challenges()));
    }

    @AfterEach
    void stop() {
        issuing.close();
        authority.close();
    }

    @Test
    void aNameThatHasNoCertificateGetsOne() {
        want(ONE);

        awaitCertificate(ONE);
        assertThat(authority.ordered).containsExactly("one.example.com");
    }

    @Test
    void whatIsDueIsRenewedAndWhatIsNotIsLeft() {
        issued.put(ONE, new Validity(NOW.minus(Duration.ofDays(61)), NOW.plus(Duration.ofDays(29))));
        issued.put(TWO, new Validity(NOW.minus(Duration.ofDays(59)), NOW.plus(Duration.ofDays(31))));
        assertThat(issuing.status()).isEmpty();
        want(ONE, TWO);

        awaitCertificate(ONE);
        assertThat(authority.ordered).containsOnly("one.example.com");
        assertThat(status(TWO).state()).isEqualTo(State.ISSUED);
        assertThat(status(TWO).due()).contains(NOW.plus(Duration.ofDays(1)));
    }

    @Test
    void aClockThatStepsForwardMakesDueWhatItHasPassed() {
        issued.put(ONE, new Validity(NOW.minus(Duration.ofDays(30)), NOW.plus(Duration.ofDays(60))));
        want(ONE, TWO);
        awaitCertificate(TWO);
        assertThat(authority.ordered).containsExactly("two.example.com");

        move(Duration.ofDays(30));
        awaitCertificate(ONE);
    }

    @Test
    void aClockThatStepsBackOrdersNothingThatIsThere() {
        issued.put(ONE, new Validity(NOW, NOW.plus(Duration.ofDays(90))));
        clock.move(Duration.ofDays(-3650));
        want(ONE, TWO);

        awaitCertificate(TWO);
        assertThat(authority.ordered).containsExactly("two.example.com");
        assertThat(status(ONE).state()).isEqualTo(State.ISSUED);
    }

    @Test
    void signsOfLifeGoOnWhenTheClockStepsBack() throws IOException {
        Path sign = root.resolve("instances").resolve("one");
        authority.says(SimulatedAuthority.ACCOUNT, REFUSED);
        want(ONE);
        // The failure comes after the first sign of life.
        awaitState(ONE, State.FAILED);
        Files.delete(sign);
        move(Duration.ofHours(-1));

        await().until(() -> Files.exists(sign));
    }

    @Test
    void anOrderThatFailedIsMadeAgainAfterAPauseAndNotBefore() {
        authority.says(SimulatedAuthority.NEW_ORDER, Answer.problem(400, "rejectedIdentifier", ""));
        want(ONE);
        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason()).contains("it is rejectedIdentifier");
        assertThat(status(ONE).failures()).isEqualTo(1);
        assertThat(status(ONE).due().orElseThrow())
                .isBetween(NOW.plus(PAUSE.multipliedBy(3).dividedBy(4)), NOW.plus(PAUSE));

        want(ONE, TWO);
        awaitCertificate(TWO);
        assertThat(authority.ordered).containsExactly("two.example.com");
        move(PAUSE);
        awaitCertificate(ONE);
    }

    @Test
    void aLimitIsKeptToForAsLongAsTheAuthoritySays() {
        authority.says(
                SimulatedAuthority.NEW_ORDER, Answer.problem(429, "rateLimited", "Thu, 26 Nov 2026 12:00:00 GMT"));
        want(ONE);
        awaitState(ONE, State.FAILED);

        assertThat(status(ONE).due()).contains(NOW.plus(Duration.ofDays(1)));
        clock.move(Duration.ofHours(23));
        want(ONE, TWO);
        awaitCertificate(TWO);
        assertThat(authority.ordered).containsExactly("two.example.com");
        move(Duration.ofHours(1));
        awaitCertificate(ONE);
    }

    @Test
    void anAuthorityThatRefusesTheAccountIsAskedOnceForAllNames() {
        authority.says(SimulatedAuthority.ACCOUNT, REFUSED);
        want(ONE, TWO);

        awaitState(ONE, State.FAILED);
        awaitState(TWO, State.FAILED);
        assertThat(status(TWO).reason()).contains("it is unauthorized");
        assertThat(authority.asked(SimulatedAuthority.ACCOUNT)).isEqualTo(1);
        assertThat(authority.ordered).isEmpty();
        move(PAUSE);
        awaitCertificate(ONE);
        awaitCertificate(TWO);
    }

    @Test
    void anAccountThatIsRefusedWithAnOrderIsLoggedOnToAnew() {
        authority.says(SimulatedAuthority.NEW_ORDER, REFUSED);
        want(ONE);
        awaitState(ONE, State.FAILED);
        int logOns = authority.asked(SimulatedAuthority.ACCOUNT);

        move(PAUSE);
        awaitCertificate(ONE);
        assertThat(authority.asked(SimulatedAuthority.ACCOUNT)).isGreaterThan(logOns);
    }

    @Test
    void anAuthorityThatRefusesTheAccountTakesNothingFromACertificateThatIsNotDue() {
        authority.says(SimulatedAuthority.ACCOUNT, REFUSED);
        issued.put(ONE, new Validity(NOW, NOW.plus(Duration.ofDays(90))));
        want(ONE, TWO);

        awaitState(TWO, State.FAILED);
        assertThat(status(ONE).state()).isEqualTo(State.ISSUED);
    }

    @Test
    void aNameOfManyIsSaidToBeImpossibleAndNotOrdered() {
        HostName many = HostName.of("*.example.com");
        want(many, ONE);

        awaitCertificate(ONE);
        assertThat(status(many).state()).isEqualTo(State.IMPOSSIBLE);
        assertThat(authority.ordered).containsExactly("one.example.com");
    }

    @Test
    void whatAnotherHasTheRightToOrderIsLeftToIt() throws IOException {
        try (AcmeFolder.Lock ofAnother =
                new AcmeFolder(root, "two").lock(ONE.value()).orElseThrow()) {
            want(ONE, TWO);
            awaitCertificate(TWO);
            assertThat(authority.ordered).containsExactly("two.example.com");
            assertThat(ofAnother).isNotNull();
        }
        awaitCertificate(ONE);
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotToldOf() {
        want(ONE);
        awaitCertificate(ONE);
        want();

        assertThat(issuing.status()).isEmpty();
    }

    @Test
    void aSignOfLifeIsTakenBackWhenItEnds() {
        Path sign = root.resolve("instances").resolve("one");
        await().until(() -> Files.exists(sign));
        issuing.close();

        assertThat(sign).doesNotExist();
    }

    private void want(HostName... names) {
        HostTls tls = new HostTls(true, Optional.empty(), Optional.empty());
        desired = names.length == 0
                ? List.of()
                : List.of(new VirtualHost(List.of(names), List.of(Route.toBackend("backend")), tls));
        issuing.want(desired);
    }

    /** Moves the clock, and triggers a check soon. */
    private void move(Duration by) {
        clock.move(by);
        issuing.want(List.of());
        issuing.want(desired);
    }

    private void awaitCertificate(HostName name) {
        await().until(() -> Files.exists(root.resolve("certificates").resolve(name.value() + ".pem")));
        Instant from = authority.issuedFrom;
        issued.put(name, new Validity(from, from.plus(Duration.ofDays(90))));
    }

    private void awaitState(HostName name, State state) {
        await().until(() -> status(name).state() == state);
    }

    private IssuanceStatus status(HostName name) {
        return issuing.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
