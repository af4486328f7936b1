package io.interlock.haproxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LingeringTest {

    private static final long TIME = Duration.ofSeconds(3).toNanos();
    private static final ServerSpec SERVER = new ServerSpec("web", InetAddress.getLoopbackAddress(), 80, 5000, 1);

    private final Lingering lingering = new Lingering(Duration.ofNanos(TIME));

    @Test
    void aHostThatGoesStaysForAWhileWithNothingButAPlaceToWait() {
        lingering.with(wanted("a", "b", "c"), 0);

        Wanted after = lingering.with(wanted("a", "c"), 1);

        assertThat(after.hosts()).extracting(HostSpec::name).containsExactly("a", "b", "c");
        assertThat(after.backends().get(1)).isEqualTo(backend("b", ServerSpec.WAITING));
        assertThat(after.backends().get(0)).isEqualTo(backend("a", SERVER));
        assertThat(lingering.next(2)).contains(Duration.ofNanos(TIME - 1));
        assertThat(lingering.with(wanted("a", "c"), TIME).hosts()).hasSize(3);
        assertThat(lingering.with(wanted("a", "c"), TIME + 1)).isEqualTo(wanted("a", "c"));
        assertThat(lingering.next(TIME + 1)).isEmpty();
    }

    @Test
    void aHostThatComesBackIsWhatItIsNow() {
        lingering.with(wanted("a"), 0);
        lingering.with(wanted(), 1);

        assertThat(lingering.with(wanted("a"), 2)).isEqualTo(wanted("a"));
        assertThat(lingering.next(2)).isEmpty();
    }

    @Test
    void aNameThatSomebodyElseWantsDoesNotStay() {
        lingering.with(wanted("a", "b"), 0);
        Wanted moved = new Wanted(
                new Frame("", List.of(), false),
                List.of(backend("b", SERVER)),
                List.of(new HostSpec("b", List.of(entry("b", "b"), entry("a", "b")))));

        assertThat(lingering.with(moved, 1)).isEqualTo(moved);
    }

    @Test
    void aBackendThatOthersStillWantKeepsItsServers() {
        Wanted shared = new Wanted(
                new Frame("", List.of(), false),
                List.of(backend("a", SERVER)),
                List.of(host("a"), new HostSpec("b", List.of(entry("b", "a")))));
        lingering.with(shared, 0);

        Wanted after = lingering.with(wanted("a"), 1);

        assertThat(after.backends()).containsExactly(backend("a", SERVER));
        assertThat(after.hosts()).hasSize(2);
    }

    @Test
    void withoutATimeEverythingGoesAtOnce() {
        Lingering none = new Lingering(Duration.ZERO);
        none.with(wanted("a"), 0);

        assertThat(none.with(wanted(), 1)).isEqualTo(wanted());
    }

    private static Wanted wanted(String... names) {
        return new Wanted(
                new Frame("", List.of(), false),
                Stream.of(names).map(name -> backend(name, SERVER)).toList(),
                Stream.of(names).map(LingeringTest::host).toList());
    }

    private static BackendSpec backend(String name, ServerSpec server) {
        return new BackendSpec(name, List.of(), List.of(server), List.of());
    }

    private static HostSpec host(String name) {
        return new HostSpec(name, List.of(entry(name, name)));
    }

    private static Entry entry(String host, String backend) {
        return new Entry(new Entry.Key(RouteMap.HOSTS, host), backend, true);
    }
}
