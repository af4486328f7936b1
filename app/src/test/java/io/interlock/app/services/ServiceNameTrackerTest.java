package io.interlock.app.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.services.HostLookup.ResolvedHost;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ServiceNameTrackerTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ServiceNameTracker names = new ServiceNameTracker();

    @Test
    void aNameIsLookedUpAtOnceAndAgainWhenItsAnswerExpires() {
        names.follow(Set.of("db"), START);
        assertThat(names.isAwaiting()).isTrue();
        assertThat(names.due(START)).containsExactly("db");
        assertThat(names.due(START)).as("while it is looked up").isEmpty();

        names.resolved("db", answer(60, "10.0.0.2", "10.0.0.1", "10.0.0.1"), START);

        assertThat(names.addresses("db")).isEqualTo(addresses("10.0.0.1", "10.0.0.2"));
        assertThat(names.isAwaiting()).isFalse();
        assertThat(names.next()).contains(START.plusSeconds(60));
        assertThat(names.due(START.plusSeconds(59))).isEmpty();
        assertThat(names.due(START.plusSeconds(60))).containsExactly("db");

        names.resolved("db", answer(60, "10.0.0.3"), START.plusSeconds(60));
        assertThat(names.addresses("db")).isEqualTo(addresses("10.0.0.3"));
    }

    @Test
    void timesToLiveAreBounded() {
        names.follow(Set.of("short", "long"), START);
        assertThat(names.due(START)).hasSize(2);
        names.resolved("short", answer(0, "10.0.0.1"), START);
        names.resolved("long", answer(Integer.MAX_VALUE, "10.0.0.1"), START);

        assertThat(names.due(START.plus(ServiceNameTracker.SHORTEST_TTL).minusMillis(1)))
                .isEmpty();
        assertThat(names.due(START.plus(ServiceNameTracker.SHORTEST_TTL))).containsExactly("short");
        assertThat(names.due(START.plus(ServiceNameTracker.LONGEST_TTL))).containsExactly("long");
    }

    @Test
    void aFailureKeepsTheAddressesAndIsAProblemUntilTheNextAnswer() {
        names.follow(Set.of("db"), START);
        assertThat(names.due(START)).hasSize(1);
        names.resolved("db", answer(5, "10.0.0.1"), START);
        assertThat(names.due(START.plusSeconds(5))).hasSize(1);

        names.failed("db", "no such name", START.plusSeconds(5));

        assertThat(names.addresses("db")).isEqualTo(addresses("10.0.0.1"));
        assertThat(names.problems()).containsEntry("db", "no such name");
        names.resolved("db", answer(5, "10.0.0.2"), START.plusSeconds(10));
        assertThat(names.problems()).isEmpty();
        assertThat(names.addresses("db")).isEqualTo(addresses("10.0.0.2"));
    }

    @Test
    void pausesAfterFailuresGrowToALimit() {
        names.follow(Set.of("db"), START);
        Instant now = START;
        Duration before = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            assertThat(names.due(now)).containsExactly("db");
            names.failed("db", "no", now);
            Duration pause = Duration.between(now, names.next().orElseThrow());
            assertThat(pause).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(ServiceNameTracker.LONGEST_PAUSE);
            before = pause;
            now = now.plus(pause);
        }
        assertThat(before).isEqualTo(ServiceNameTracker.LONGEST_PAUSE);
    }

    @Test
    void anAddressOfAnEarlierControllerCountsUntilTheFirstAnswer() {
        names.follow(Set.of("db"), START);
        names.restore("db", IpLiteral.of("10.0.0.9"));
        names.restore("other", IpLiteral.of("10.0.0.8"));
        assertThat(names.isAwaiting()).isFalse();
        assertThat(names.addresses("db")).isEqualTo(addresses("10.0.0.9"));

        names.resolved("db", answer(5, "10.0.0.1"), START);
        names.restore("db", IpLiteral.of("10.0.0.9"));
        assertThat(names.addresses("db")).isEqualTo(addresses("10.0.0.1"));
    }

    @Test
    void theAddressesOfANameAreBounded() {
        names.follow(Set.of("db"), START);
        String[] many =
                IntStream.rangeClosed(1, 70).mapToObj(i -> "10.0.0." + i).toArray(String[]::new);
        names.resolved("db", answer(5, many), START);

        assertThat(names.addresses("db"))
                .hasSize(64)
                .startsWith(IpLiteral.of("10.0.0.1"))
                .endsWith(IpLiteral.of("10.0.0.64"));
        assertThat(names.problems().get("db")).contains("has 70 addresses");
    }

    @Test
    void anAddressOfNoHostIsNotTaken() {
        names.follow(Set.of("db"), START);
        names.resolved("db", answer(5, "0.0.0.0", "fe80::1", "ff02::1"), START);

        assertThat(names.addresses("db")).isEmpty();
        assertThat(names.problems()).containsKey("db");
    }

    @Test
    void aNameThatIsNoLongerFollowedIsForgotten() {
        names.follow(Set.of("db"), START);
        names.resolved("db", answer(5, "10.0.0.1"), START);
        names.follow(Set.of(), START);
        names.resolved("db", answer(5, "10.0.0.1"), START);
        names.failed("db", "no", START);

        assertThat(names.addresses("db")).isEmpty();
        assertThat(names.problems()).isEmpty();
        assertThat(names.next()).isEmpty();
    }

    private static ResolvedHost answer(int ttl, String... addresses) {
        return new ResolvedHost(addresses(addresses), Duration.ofSeconds(ttl));
    }

    private static List<InetAddress> addresses(String... texts) {
        return Stream.of(texts).map(IpLiteral::of).toList();
    }
}
