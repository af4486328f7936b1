package io.interlock.haproxy.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.interlock.haproxy.model.PeerGroup;
import io.interlock.util.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class InstanceWatcherTest {

    private static final InetAddress OWN = IpLiteral.of("10.0.0.1");

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger applies = new AtomicInteger();
    private List<String> answer = List.of("10.0.0.1", "10.0.0.2");
    private InstanceWatcher watcher = watcher(Optional.empty());

    @AfterEach
    void close() {
        watcher.close();
    }

    @Test
    void aNewInstanceCountsAtOnceAndAMissingOneForAnotherMinute() {
        watcher.look();
        assertThat(others()).containsExactly("10.0.0.2");
        assertThat(applies).as("nobody has asked before").hasValue(0);

        answer = List.of("10.0.0.1", "10.0.0.3");
        watcher.look();
        assertThat(others()).containsExactly("10.0.0.2", "10.0.0.3");
        assertThat(applies).hasValue(1);

        pass(Duration.ofMinutes(1));
        watcher.look();
        assertThat(others()).containsExactly("10.0.0.2", "10.0.0.3");
        pass(Duration.ofSeconds(1));
        watcher.look();
        assertThat(others()).containsExactly("10.0.0.3");
        assertThat(applies).hasValue(2);
    }

    @Test
    void anAnswerThatDiffersEachTimeLeadsToNoReloadEachTime() {
        for (int i = 0; i < 100; i++) {
            answer = List.of("10.0.0.1", "10.0.0." + (2 + i % 2));
            watcher.look();
            watcher.current();
            pass(Duration.ofSeconds(5));
        }

        assertThat(applies).hasValue(1);
    }

    @Test
    void aNameThatCannotBeResolvedLeavesEverythingAsItWas() {
        watcher.look();
        Optional<PeerGroup> before = watcher.current().group();

        answer = List.of();
        pass(Duration.ofDays(1));
        watcher.look();

        assertThat(watcher.current().group()).isEqualTo(before);
        assertThat(watcher.current().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("cannot be resolved", "were known"));

        answer = List.of("10.0.0.1", "10.0.0.2");
        watcher.look();
        assertThat(watcher.current().group()).isEqualTo(before);
        assertThat(watcher.current().problem()).isEmpty();
    }

    @Test
    void theNextControllerKeepsTheInstancesThatHaproxyKnows() {
        PeerGroup known = new PeerGroup(OWN, OWN, 9102, List.of(IpLiteral.of("10.0.0.9")));
        watcher.close();
        watcher = watcher(Optional.of(known));
        answer = List.of();
        watcher.look();

        assertThat(watcher.current().group()).contains(known);
    }

    @Test
    void unresolvedInstancesAreTold() {
        answer = List.of();
        watcher.look();

        assertThat(watcher.current().group()).isEmpty();
        assertThat(watcher.current().problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("cannot be resolved", "counts for itself"));
    }

    @Test
    void aLookThatFailsChangesNothingAndTheNextOneCounts() {
        watcher.look();
        Optional<PeerGroup> before = watcher.current().group();

        answer = List.of("no address");
        assertThatNoException().isThrownBy(watcher::look);

        assertThat(watcher.current().group()).isEqualTo(before);
        answer = List.of("10.0.0.1", "10.0.0.2", "10.0.0.3");
        watcher.look();
        assertThat(others()).containsExactly("10.0.0.2", "10.0.0.3");
    }

    @Test
    void withoutInstancesNothingIsSharedAndNothingIsAwaited() {
        watcher.close();
        watcher = new InstanceWatcher(
                new InstanceResolver(List.of(), Optional.empty(), 9102),
                Optional.of(new PeerGroup(OWN, OWN, 9102, List.of())),
                applies::incrementAndGet);

        assertThat(watcher.current()).isEqualTo(new InstanceResolver.Resolution(Optional.empty(), Optional.empty()));
    }

    private InstanceWatcher watcher(Optional<PeerGroup> last) {
        return new InstanceWatcher(
                new InstanceResolver(List.of("name"), Optional.empty(), 9102, this::lookup, OWN::equals),
                last,
                applies::incrementAndGet,
                clock::get);
    }

    private InetAddress[] lookup(String name) throws UnknownHostException {
        if (answer.isEmpty()) {
            throw new UnknownHostException(name);
        }
        return answer.stream().map(IpLiteral::of).toArray(InetAddress[]::new);
    }

    private List<String> others() {
        return Stream.of(watcher.current())
                .flatMap(resolution -> resolution.group().orElseThrow().others().stream())
                .map(InetAddress::getHostAddress)
                .toList();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
