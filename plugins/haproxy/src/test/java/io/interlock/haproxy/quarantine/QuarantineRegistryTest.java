package io.interlock.haproxy.quarantine;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class QuarantineRegistryTest {

    private static final ConfigPart OPTION = new ConfigPart.Directive("a", "option x");
    private static final ConfigPart SERVER = new ConfigPart.Server("a", "web-1");
    private static final ConfigPart WHOLE = new ConfigPart.WholeBackend("a");

    private final QuarantineRegistry quarantine = new QuarantineRegistry();

    @Test
    void whatWasRefusedStaysOutAsLongAsItIsTheSame() {
        DesiredConfig desired =
                desired(backend("a", List.of("option x", "option y"), "web-1", "web-2"), backend("b", List.of()));
        quarantine.hold(desired, Map.of(OPTION, "no"));

        assertThat(quarantine.in(desired)).isEqualTo(Map.of(OPTION, "no"));
        assertThat(quarantine.in(desired(backend("a", List.of("option x", "option y"), "web-3"))))
                .as("with other servers")
                .containsOnlyKeys(OPTION);
    }

    @Test
    void anOptionIsTriedAgainWhenTheOptionsChange() {
        quarantine.hold(desired(backend("a", List.of("option x", "option y"))), Map.of(OPTION, "no"));

        assertThat(quarantine.in(desired(backend("a", List.of("option x"))))).isEmpty();
    }

    @Test
    void aCheckIsTriedAgainWhenWhatItAsksForChanges() {
        ConfigPart check = new ConfigPart.Check("a");
        quarantine.hold(desired(checked("/old")), Map.of(check, "no"));

        assertThat(quarantine.in(desired(checked("/old")))).containsOnlyKeys(check);
        assertThat(quarantine.in(desired(checked("/new")))).isEmpty();
    }

    private static BackendSpec checked(String uri) {
        return new BackendSpec("a", List.of("option httpchk"), Optional.of(uri), List.of(), List.of());
    }

    @Test
    void aServerIsTriedAgainWhenItOrTheOptionsChange() {
        DesiredConfig desired = desired(backend("a", List.of(), "web-1", "web-2"));
        quarantine.hold(desired, Map.of(SERVER, "no"));

        assertThat(quarantine.in(desired(backend("a", List.of(), "web-1")))).containsOnlyKeys(SERVER);
        ServerSpec moved = new ServerSpec("web-1", InetAddress.getLoopbackAddress(), 81, 1, 1, new ServerTraits(5000));
        assertThat(quarantine.in(desired(new BackendSpec("a", List.of(), List.of(moved), List.of()))))
                .isEmpty();
        quarantine.hold(desired, Map.of(SERVER, "no"));
        assertThat(quarantine.in(desired(backend("a", List.of("option y"), "web-1"))))
                .isEmpty();
    }

    @Test
    void aBackendIsTriedAgainWhenAnythingInItChanges() {
        quarantine.hold(desired(backend("a", List.of(), "web-1")), Map.of(WHOLE, "no"));

        assertThat(quarantine.in(desired(backend("a", List.of(), "web-1"), backend("b", List.of()))))
                .containsOnlyKeys(WHOLE);
        assertThat(quarantine.in(desired(backend("a", List.of(), "web-1", "web-2"))))
                .isEmpty();
    }

    @Test
    void whatIsGoneAndComesBackIsTriedAgain() {
        DesiredConfig desired = desired(backend("a", List.of(), "web-1"));
        quarantine.hold(desired, Map.of(SERVER, "no"));

        assertThat(quarantine.in(desired())).isEmpty();
        assertThat(quarantine.in(desired)).isEmpty();
    }

    @Test
    void everythingIsTriedAgainWhenItIsCleared() {
        DesiredConfig desired = desired(backend("a", List.of(), "web-1"));
        quarantine.hold(desired, Map.of(SERVER, "no"));

        quarantine.clear();

        assertThat(quarantine.in(desired)).isEmpty();
    }

    @Test
    void theLinesOfACheckGoTogether() {
        DesiredConfig desired =
                desired(backend("a", List.of("option y", "option httpchk", "http-check send meth GET uri /")));

        assertThat(ConfigParts.of(desired))
                .containsExactly(WHOLE, new ConfigPart.Directive("a", "option y"), new ConfigPart.Check("a"));
        assertThat(ConfigParts.without(desired, Set.of(new ConfigPart.Check("a")))
                        .backends())
                .containsExactly(backend("a", List.of("option y")));
    }

    @Test
    void whatLeadsToABackendGoesWithItButDoesNotFallThroughToAnother() {
        HostSpec one = new HostSpec("a.com", List.of(entry(HaproxyMap.HOSTS, "a.com", "a", true)));
        HostSpec two = new HostSpec(
                "two.com",
                List.of(
                        entry(HaproxyMap.HOSTS, "two.com", "@two.com", false),
                        entry(HaproxyMap.PATHS, "@two.com/", "a", true),
                        entry(HaproxyMap.PATHS, "@two.com/api/", "b", true)));
        HostSpec three = new HostSpec(
                "three.com",
                List.of(
                        entry(HaproxyMap.HOSTS, "three.com", "@three.com", false),
                        entry(HaproxyMap.PATHS, "@three.com/", "a", true)));
        DesiredConfig desired = new DesiredConfig(
                new GlobalConfig("", List.of(), true),
                List.of(backend("a", List.of()), backend("b", List.of())),
                List.of(one, three, two));

        DesiredConfig rest = ConfigParts.without(desired, Set.of(WHOLE));

        assertThat(rest.backends()).extracting(BackendSpec::name).containsExactly("b");
        assertThat(rest.hosts())
                .containsExactly(new HostSpec(
                        "two.com",
                        List.of(
                                two.entries().getFirst(),
                                entry(HaproxyMap.PATHS, "@two.com/", "@", false),
                                two.entries().getLast())));
    }

    private static MapEntry entry(HaproxyMap map, String key, String target, boolean toBackend) {
        return new MapEntry(new MapEntry.Key(map, key), target, toBackend);
    }

    private static DesiredConfig desired(BackendSpec... backends) {
        return new DesiredConfig(new GlobalConfig("", List.of(), false), List.of(backends), List.of());
    }

    private static BackendSpec backend(String name, List<String> directives, String... servers) {
        return new BackendSpec(
                name,
                directives,
                Stream.of(servers)
                        .map(server -> new ServerSpec(
                                server, InetAddress.getLoopbackAddress(), 80, 1, 1, new ServerTraits(5000)))
                        .toList(),
                List.of());
    }
}
