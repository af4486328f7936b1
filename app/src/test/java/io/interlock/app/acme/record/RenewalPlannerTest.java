package io.interlock.app.acme.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.acme.MovableClock;
import io.interlock.app.acme.record.IssuanceRecord.RenewalSuggestion;
import io.interlock.app.certificates.CertificateManager.Validity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the times of renewals and attempts, and the limit of orders. */
@Tag("unit")
class RenewalPlannerTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"90, 60", "45, 30", "6, 4"})
    void aCertificateIsRenewedAtTwoThirdsOfItsLife(int days, int due) {
        Optional<Validity> validity = Optional.of(new Validity(NOW, NOW.plus(Duration.ofDays(days))));

        assertThat(RenewalPlanner.of(validity)).isEqualTo(NOW.plus(Duration.ofDays(due)));
        assertThat(RenewalPlanner.of(Optional.empty())).isBefore(NOW);
    }

    @Test
    void theTimeThatTheAuthoritySuggestsWinsButNotInTheLastTenth() {
        Optional<Validity> validity = Optional.of(new Validity(NOW, NOW.plus(Duration.ofDays(90))));

        assertThat(RenewalPlanner.of(validity, suggestion(NOW.plus(Duration.ofDays(9)))))
                .isEqualTo(NOW.plus(Duration.ofDays(9)));
        assertThat(RenewalPlanner.of(validity, suggestion(NOW.plus(Duration.ofDays(200)))))
                .isEqualTo(NOW.plus(Duration.ofDays(81)));
        assertThat(RenewalPlanner.of(Optional.empty(), suggestion(NOW.plus(Duration.ofDays(9)))))
                .isBefore(NOW);
    }

    @Test
    void aRenewalWaitsForTheNextAttemptThatMayBeMade() {
        Instant later = NOW.plus(Duration.ofDays(70));

        assertThat(RenewalPlanner.due(NOW, new IssuanceAttempts(1, NOW, later, "why", "")))
                .isEqualTo(later);
        assertThat(RenewalPlanner.due(later, new IssuanceAttempts(1, NOW, NOW, "why", "")))
                .isEqualTo(later);
    }

    @Test
    void pausesGrowToSixHoursAndKeepToWhatTheAuthorityAsksForWithinReason() {
        IssuanceAttempts attempts = IssuanceAttempts.NONE;
        for (int i = 0; i < 40; i++) {
            attempts = attempts.failed("why", "", NOW, Duration.ofMinutes(1), Instant.EPOCH, new Random(i));
        }
        assertThat(attempts.next()).isBetween(NOW.plus(Duration.ofMinutes(270)), NOW.plus(Duration.ofHours(6)));

        Instant asked = NOW.plus(Duration.ofDays(7));
        assertThat(attempts.failed("rate", "", NOW, Duration.ofMinutes(1), asked, new Random(1))
                        .next())
                .isEqualTo(asked);
        assertThat(attempts.failed("rate", "", NOW, Duration.ofMinutes(1), Instant.MAX, new Random(1))
                        .next())
                .isEqualTo(NOW.plus(Duration.ofDays(30)));
    }

    @Test
    void aWeekHasALimitedNumberOfOrdersWhateverTheClockDoes() {
        OrderLedger ledger = OrderLedger.EMPTY;
        Optional<Duration> lifetime = Optional.of(Duration.ofDays(90));
        for (int i = 0; i < OrderLedger.MOST_ISSUED; i++) {
            assertThat(ledger.blockedUntil(NOW, lifetime)).isEmpty();
            ledger = ledger.ordered(NOW).issued(NOW.plus(Duration.ofHours(i)));
        }

        assertThat(ledger.blockedUntil(NOW, lifetime)).contains(NOW.plus(Duration.ofDays(7)));
        assertThat(ledger.blockedUntil(NOW.minus(Duration.ofDays(3_650)), lifetime))
                .as("the clock was set back")
                .isPresent();
        assertThat(ledger.blockedUntil(NOW.plus(Duration.ofDays(7)), lifetime)).isEmpty();

        OrderLedger failed = IntStream.range(0, OrderLedger.MOST_ORDERS)
                .boxed()
                .reduce(OrderLedger.EMPTY, (all, i) -> all.ordered(NOW), (one, other) -> one);
        assertThat(failed.blockedUntil(NOW, Optional.empty())).isPresent();
    }

    @Test
    void certificatesOfAShortLifeAreRenewedAsOftenAsTheyNeed() {
        assertThat(OrderLedger.mostIssued(Optional.of(Duration.ofDays(90)))).isEqualTo(5);
        assertThat(OrderLedger.mostIssued(Optional.of(Duration.ofDays(6)))).isEqualTo(5);
        assertThat(OrderLedger.mostIssued(Optional.of(Duration.ofHours(24)))).isBetween(21, 25);
        assertThat(OrderLedger.mostIssued(Optional.of(Duration.ofSeconds(1)))).isEqualTo(500);
    }

    @Test
    void aPauseIsMeasuredOnAClockThatNobodySets() {
        MovableClock clock = new MovableClock(NOW);
        PauseTracker pauses = new PauseTracker(clock::nanos);
        IssuanceAttempts attempts = new IssuanceAttempts(1, NOW, NOW.plusSeconds(600), "why", "");
        assertThat(pauses.isOver("name", attempts, clock.instant())).isFalse();

        clock.jump(Duration.ofDays(75));
        assertThat(pauses.isOver("name", attempts, clock.instant())).isFalse();
        clock.jump(Duration.ofDays(-3_650));
        clock.move(Duration.ofSeconds(599));
        assertThat(pauses.isOver("name", attempts, clock.instant())).isFalse();
        clock.move(Duration.ofSeconds(1));
        assertThat(pauses.isOver("name", attempts, clock.instant())).isTrue();

        assertThat(pauses.isOver("seen after the clock was set back", attempts, clock.instant()))
                .isFalse();
        clock.move(Duration.ofMinutes(10));
        assertThat(pauses.isOver("seen after the clock was set back", attempts, clock.instant()))
                .isTrue();
    }

    private static Optional<RenewalSuggestion> suggestion(Instant at) {
        return Optional.of(new RenewalSuggestion("1", Optional.of(at), NOW, NOW));
    }
}
