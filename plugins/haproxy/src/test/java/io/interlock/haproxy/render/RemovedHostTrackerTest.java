package io.interlock.haproxy.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RemovedHostTrackerTest {

    private static final long TIME = Duration.ofSeconds(3).toNanos();
    private static final ServerSpec SERVER =
            new ServerSpec("web", InetAddress.getLoopbackAddress(), 80, 1, 1, new ServerTraits(5000));

    private final RemovedHostTracker lingering = new RemovedHostTracker(Duration.ofNanos(TIME));

    @Test
    void aHostThatGoesStaysForAWhileWithNothingButAPlaceToWait() {
        lingering.with(desired("a", "b", "c"), 0);

        DesiredConfig after = lingering.with(desired("a", "c"), 1);

        assertThat(after.hosts()).extracting(HostSpec::name).containsExactly("a", "b", "c");
        assertThat(after.backends().get(1)).isEqualTo(backend("b", ServerSpec.WAITING));
        assertThat(after.backends().get(0)).isEqualTo(backend("a", SERVER));
        assertThat(lingering.next(2)).contains(Duration.ofNanos(TIME - 1));
        assertThat(lingering.with(desired("a", "c"), TIME).hosts()).hasSize(3);
        assertThat(lingering.with(desired("a", "c"), TIME + 1)).isEqualTo(desired("a", "c"));
        assertThat(lingering.next(TIME + 1)).isEmpty();
    }

    @Test
    void aHostThatComesBackIsWhatItIsNow() {
        lingering.with(desired("a"), 0);
        lingering.with(desired(), 1);

        assertThat(lingering.with(desired("a"), 2)).isEqualTo(desired("a"));
        assertThat(lingering.next(2)).isEmpty();
    }

    @Test
    void aNameThatSomebodyElseWantsDoesNotStay() {
        lingering.with(desired("a", "b"), 0);
        DesiredConfig moved = new DesiredConfig(
                new GlobalConfig("", List.of(), false),
                List.of(backend("b", SERVER)),
                List.of(new HostSpec("b", List.of(entry("b", "b"), entry("a", "b")))));

        assertThat(lingering.with(moved, 1)).isEqualTo(moved);
    }

    @Test
    void aBackendThatOthersStillWantKeepsItsServers() {
        DesiredConfig shared = new DesiredConfig(
                new GlobalConfig("", List.of(), false),
                List.of(backend("a", SERVER)),
                List.of(host("a"), new HostSpec("b", List.of(entry("b", "a")))));
        lingering.with(shared, 0);

        DesiredConfig after = lingering.with(desired("a"), 1);

        assertThat(after.backends()).containsExactly(backend("a", SERVER));
        assertThat(after.hosts()).hasSize(2);
    }

    @Test
    void withoutATimeEverythingGoesAtOnce() {
        RemovedHostTracker none = new RemovedHostTracker(Duration.ZERO);
        none.with(desired("a"), 0);

        assertThat(none.with(desired(), 1)).isEqualTo(desired());
    }

    private static DesiredConfig desired(String... names) {
        return new DesiredConfig(
                new GlobalConfig("", List.of(), false),
                Stream.of(names).map(name -> backend(name, SERVER)).toList(),
                Stream.of(names).map(RemovedHostTrackerTest::host).toList());
    }

    private static BackendSpec backend(String name, ServerSpec server) {
        return new BackendSpec(name, List.of(), List.of(server), List.of());
    }

    private static HostSpec host(String name) {
        return new HostSpec(name, List.of(entry(name, name)));
    }

    private static MapEntry entry(String host, String backend) {
        return new MapEntry(new MapEntry.Key(HaproxyMap.HOSTS, host), backend, true);
    }
}
