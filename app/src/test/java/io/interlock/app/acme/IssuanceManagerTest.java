package io.interlock.app.acme;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.api.topology.AcmeChallenge;
import io.interlock.api.topology.HostName;
import io.interlock.app.acme.SimulatedAuthority.Answer;
import io.interlock.app.acme.record.AcmeFolder;
import io.interlock.app.certificates.CertificateManager.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests when certificates are ordered, with a clock that the test moves. */
@Tag("unit")
class IssuanceManagerTest extends IssuanceFixture {

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
    void timeThatPassesMakesDueWhatItHasPassed() {
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
        clock.jump(Duration.ofDays(-3650));
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
        jump(Duration.ofHours(-1));

        await().until(() -> Files.exists(sign));
    }

    @Test
    void eightOrdersAreInProgressAtMost() {
        HostName[] names = IntStream.range(0, 12)
                .mapToObj(i -> HostName.of("h" + i + ".example.com"))
                .toArray(HostName[]::new);
        issuing.close();
        issuing = start("one", Duration.ofMinutes(10));
        authority.metAuthorization = "processing";
        authority.readyOrder = "pending";
        want(names);

        await().until(() -> authority.ordered.size() == 8);
        awaitLookWith("one-token");
        awaitLookWith("another-token");
        assertThat(authority.ordered).hasSize(8);
    }

    /** A look at what is due follows each sign of life. */
    private void awaitLookWith(String token) {
        await().until(() -> {
            // The load balancer of an order may say what it answers in between.
            issuing.answers("lb", List.of(new AcmeChallenge(token, token + ".thumb")));
            return Files.readString(root.resolve("instances").resolve("one")).contains(token);
        });
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
        move(Duration.ofHours(23));
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
        AcmeFolder folder = new AcmeFolder(root, "two");
        folder.make();
        try (AcmeFolder.Lock ofAnother = folder.lock(ONE.value()).orElseThrow()) {
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
}
