package io.interlock.app.acme;

import static io.interlock.app.AwaitTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.IssuanceStatus.State;
import io.interlock.app.acme.record.OrderLedger;
import io.interlock.app.certificates.CertificateManager.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests clocks that jump, folders that cannot be used, slow authorities, restarts, and several instances. */
@Tag("unit")
class IssuanceResilienceTest extends IssuanceFixture {

    private static final Duration DAYS_75 = Duration.ofDays(75);

    @Test
    void aClockThatIsAheadOrdersNoCertificateThatIsNotDue() {
        want(ONE);
        awaitCertificate(ONE);
        move(PAUSE);
        jump(DAYS_75);

        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason())
                .contains("the clock of this machine says 2027-02-08")
                .contains("is not due before 2027-01-24");
        assertThat(status(ONE).advice()).isEqualTo("set the clock of this machine");
        want(ONE, TWO);
        awaitCertificate(TWO);
        move(PAUSE);
        jump(Duration.ofDays(-75));
        awaitState(ONE, State.ISSUED, "the clock was set");
        assertThat(authority.ordered).containsExactly("one.example.com", "two.example.com");
    }

    @Test
    void aNameIsOrderedWhateverTheClockSaysIfThereIsNoCertificate() {
        clock.jump(DAYS_75);
        want(ONE);

        awaitCertificate(ONE);
        assertThat(authority.ordered).containsExactly("one.example.com");
    }

    @Test
    void aCertificateThatNobodyReportsIsNotOrderedAgain() {
        want(ONE);
        await().until(() -> Files.exists(certificate()));
        for (int i = 0; i < 5; i++) {
            move(PAUSE.multipliedBy(2));
        }
        want(ONE, TWO);
        awaitCertificate(TWO);

        assertThat(authority.ordered).containsExactly("one.example.com", "two.example.com");
    }

    @Test
    void aCertificateThatVanishesAgainAndAgainIsOrderedAFewTimesAWeek() throws IOException {
        want(ONE);
        for (int i = 1; i <= OrderLedger.MOST_ISSUED; i++) {
            await().until(() -> Files.exists(certificate()));
            int placed = i;
            await().until(() -> authority.ordered.size() == placed);
            await().until(() -> record().order().isEmpty());
            Files.delete(certificate());
            move(PAUSE);
        }

        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason()).contains("too many orders for one.example.com within a week");
        assertThat(status(ONE).due())
                .hasValueSatisfying(
                        due -> assertThat(due).isBetween(NOW.plus(Duration.ofDays(7)), NOW.plus(Duration.ofDays(8))));
        jump(Duration.ofDays(30));
        issuing.close();
        issuing = start("two");
        want(ONE);
        await().until(() -> record().attempts().failures() == 2
                && !record().attempts().reason().isEmpty());
        assertThat(authority.ordered).hasSize(OrderLedger.MOST_ISSUED);
        // The pause counts from when it is seen, which it is before another name is ordered.
        awaitLock();
        want(ONE, TWO);
        awaitCertificate(TWO);
        jump(Duration.ofDays(-30));
        move(Duration.ofDays(7));
        awaitWithPauses(() -> Files.exists(certificate()));
    }

    @Test
    void nothingIsOrderedThatCouldNotBeKept() throws IOException {
        Files.createDirectories(certificate());
        want(ONE);

        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason()).contains("acme.dir cannot be used", "is a directory in the place of");
        assertThat(status(ONE).advice()).contains("a folder that the user of Interlock can write");
        assertThat(authority.ordered).isEmpty();
        Files.delete(certificate());
        awaitWithPauses(() -> Files.exists(certificate()));
    }

    @Test
    void aFolderThatCannotBeUsedIsToldAndUsedWhenItCan() throws IOException {
        issuing.close();
        for (String kind : List.of("file", "link")) {
            Path place = root.resolveSibling(root.getFileName() + "-" + kind);
            if (kind.equals("file")) {
                Files.writeString(place, "a file");
            } else {
                Files.createSymbolicLink(place, root.resolve("nowhere"));
            }
            folder = place;
            issuing = start("one");
            want(ONE);

            awaitState(ONE, State.FAILED);
            assertThat(status(ONE).reason())
                    .contains("acme.dir cannot be used: " + place)
                    .contains(kind.equals("file") ? "is not a directory" : "a link to something that does not exist");
            assertThat(authority.ordered).isEmpty();
            Files.delete(place);
            awaitCertificate(ONE);
            issuing.close();
            authority.ordered.clear();
            issued.clear();
        }
    }

    @Test
    void aCertificateThatCouldNotBeWrittenIsNotLost() throws IOException {
        want();
        Path aside = root.resolve("aside");
        authority.beforeCertificate = () -> {
            Files.move(root.resolve("certificates"), aside);
            Files.writeString(root.resolve("certificates"), "in the way");
        };
        want(ONE);
        awaitState(ONE, State.FAILED);
        assertThat(status(ONE).reason()).contains("acme.dir cannot be used");

        authority.beforeCertificate = () -> {};
        Files.delete(root.resolve("certificates"));
        Files.move(aside, root.resolve("certificates"), StandardCopyOption.ATOMIC_MOVE);
        awaitWithPauses(() -> Files.exists(certificate()));
        assertThat(authority.ordered).hasSize(1);
    }

    @Test
    void anOrderOfASlowAuthorityIsGoneOnWithAfterAPauseAndARestart() {
        authority.finalizedOrder = "processing";
        want(ONE);
        await().until(() -> status(ONE).reason().contains("PROCESSING"));
        assertThat(status(ONE).state()).isEqualTo(State.ORDERING);
        awaitWithPauses(() -> authority.asked(SimulatedAuthority.ORDER + 1) > 6);

        issuing.close();
        issuing = start("two");
        want(ONE);
        authority.goesOn("valid", "valid");
        awaitWithPauses(() -> Files.exists(certificate()));
        assertThat(authority.ordered).containsExactly("one.example.com");
    }

    @Test
    void anOrderThatIsADayOldIsPlacedAgain() {
        authority.finalizedOrder = "processing";
        want(ONE);
        await().until(() -> status(ONE).reason().contains("PROCESSING"));

        move(Duration.ofHours(24));
        awaitWithPauses(() -> authority.ordered.size() == 2);
        authority.goesOn("valid", "valid");
        awaitWithPauses(() -> Files.exists(certificate()));
        assertThat(authority.ordered).hasSize(2);
    }

    @Test
    void anInstanceThatDiesInTheMiddleOfAnOrderIsFollowedByAnother() {
        for (String path : List.of(
                SimulatedAuthority.AUTHORIZATION,
                SimulatedAuthority.CHALLENGE,
                SimulatedAuthority.FINALIZE,
                SimulatedAuthority.ORDER,
                SimulatedAuthority.CERTIFICATE)) {
            authority.forgets();
            authority.ordered.clear();
            authority.holds(path + 1);
            want(ONE);
            await().alias(path).until(() -> authority.isHolding());
            issuing.close();
            authority.letsGo();
            awaitLock();
            issuing = start("another");
            want(ONE);

            awaitWithPauses(() -> Files.exists(certificate()));
            awaitCertificate(ONE);
            assertThat(authority.ordered).as(path).hasSize(1);
            assertThat(issuing.challenges()).isEmpty();
            issuing.close();
            forget();
            issuing = start("one");
        }
    }

    @Test
    void anotherDirectoryMeansAnotherCertificate() throws IOException {
        want(ONE);
        awaitCertificate(ONE);
        issuing.close();
        try (SimulatedAuthority other = new SimulatedAuthority(NOW)) {
            SimulatedAuthority first = authority;
            authority = other;
            issuing = start("two");
            want(ONE);
            awaitWithPauses(() -> other.ordered.size() == 1);
            awaitWithPauses(() -> status(ONE).state() == State.ISSUED);
            move(PAUSE);
            want(ONE, TWO);
            awaitCertificate(TWO);

            assertThat(other.ordered).containsExactly("one.example.com", "two.example.com");
            first.close();
        }
    }

    @Test
    void oneOfSeveralInstancesOrdersAndEachAnswers() {
        IssuanceManager two = start("two");
        IssuanceManager three = start("three");
        authority.holds(SimulatedAuthority.CHALLENGE + 1);
        want(ONE);
        two.want(desired);
        three.want(desired);
        await().until(() -> authority.isHolding());
        assertThat(two.challenges()).isEqualTo(issuing.challenges()).hasSize(1);
        authority.letsGo();
        awaitCertificate(ONE);
        move(PAUSE);
        want(ONE, TWO);
        await().until(() -> {
            two.answers("lb", two.challenges());
            three.answers("lb", three.challenges());
            return authority.ordered.size() == 2;
        });

        assertThat(authority.ordered).containsExactly("one.example.com", "two.example.com");
        two.close();
        three.close();
    }

    @Test
    void aShortLifeIsRenewedInTime() {
        authority.lifetime = Duration.ofDays(6);
        want(ONE);
        awaitCertificate(ONE);
        issued.put(ONE, new Validity(NOW, NOW.plus(Duration.ofDays(6))));
        move(Duration.ofDays(4).minusMinutes(1));
        want(ONE, TWO);
        awaitCertificate(TWO);
        assertThat(authority.ordered).hasSize(2);

        authority.issuedFrom = clock.instant();
        move(Duration.ofMinutes(1));
        awaitWithPauses(() -> authority.ordered.size() >= 3);
    }

    @Test
    void theAuthorityDecidesWhenACertificateIsRenewed() {
        authority.suggests(NOW.plus(Duration.ofDays(20)), NOW.plus(Duration.ofDays(21)));
        want(ONE);
        awaitCertificate(ONE);
        await().until(() -> status(ONE)
                .due()
                .filter(due -> due.isBefore(NOW.plus(Duration.ofDays(22))))
                .isPresent());
        assertThat(status(ONE).due().orElseThrow()).isAfter(NOW.plus(Duration.ofDays(19)));
        move(Duration.ofDays(19));
        want(ONE, TWO);
        awaitCertificate(TWO);
        assertThat(authority.ordered).hasSize(2);

        authority.issuedFrom = clock.instant();
        move(Duration.ofDays(2));
        awaitWithPauses(() -> authority.ordered.size() >= 3);
    }

    @Test
    void anAuthorityThatSaysAtOnceIsFollowedAtOnce() {
        authority.suggests(NOW.minus(Duration.ofDays(2)), NOW.minus(Duration.ofDays(1)));
        issued.put(ONE, new Validity(NOW, NOW.plus(Duration.ofDays(90))));
        want(ONE);
        assertThat(authority.ordered).isEmpty();
        authority.issuedFrom = NOW;
        issued.remove(ONE);
        awaitCertificate(ONE);
        awaitWithPauses(() -> authority.ordered.size() >= 2);
    }

    @Test
    void withoutASuggestionTheUsualTimeApplies() {
        authority.suggests(NOW, NOW.plusSeconds(1));
        authority.renewalWindow = "";
        want(ONE);
        awaitCertificate(ONE);
        await().until(() ->
                authority.asked.keySet().stream().anyMatch(path -> path.startsWith(SimulatedAuthority.RENEWAL)));

        assertThat(status(ONE).due()).contains(NOW.plus(Duration.ofDays(60)));
        assertThat(authority.ordered).hasSize(1);
    }
}
