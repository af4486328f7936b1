package io.interlock.haproxy.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.interlock.haproxy.model.PeerGroup;
import io.interlock.haproxy.peers.InstanceResolver.Resolution;
import io.interlock.util.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class InstanceResolverTest {

    private static final int PORT = 9102;

    private static final Map<String, List<String>> DNS = Map.of(
            "tasks.interlock", List.of("10.0.0.3", "10.0.0.1", "10.0.0.2"),
            "six", List.of("2001:db8::2"),
            "both", List.of("2001:db8::3", "10.0.0.1"),
            "debian", List.of("127.0.1.1"),
            "odd", List.of("0.0.0.0", "224.0.0.1", "fe80::1", "10.0.0.1"),
            "all", IntStream.rangeClosed(1, 40).mapToObj(i -> "10.0.0." + i).toList());

    private Set<String> here = Set.of("10.0.0.2");

    @Test
    void everyInstanceHasTheSameNamesForAll() throws Exception {
        PeerGroup second = group(Optional.empty(), "tasks.interlock");
        here = Set.of("10.0.0.3");
        PeerGroup third = group(Optional.empty(), "10.0.0.1", "10.0.0.3", "tasks.interlock");

        assertThat(second)
                .isEqualTo(
                        new PeerGroup(ip("10.0.0.2"), ip("10.0.0.2"), PORT, List.of(ip("10.0.0.1"), ip("10.0.0.3"))));
        assertThat(third)
                .isEqualTo(
                        new PeerGroup(ip("10.0.0.3"), ip("10.0.0.3"), PORT, List.of(ip("10.0.0.1"), ip("10.0.0.2"))));
    }

    @Test
    void forAnAddressThatOnlyOthersSeeItListensEverywhere() throws Exception {
        assertThat(group(Optional.of("192.0.2.7"), "192.0.2.7", "six"))
                .isEqualTo(new PeerGroup(ip("192.0.2.7"), ip("0.0.0.0"), PORT, List.of(ip("2001:db8::2"))));
        assertThat(group(Optional.of("2001:db8::2"), "six").listen()).isEqualTo(ip("::"));
    }

    @Test
    void whoIsNoneOfTheInstancesCountsForItselfAndIsTold() throws Exception {
        Resolution nobody = resolve(Optional.empty(), "10.0.0.1", "10.0.0.3");
        here = Set.of("10.0.0.1", "10.0.0.3");
        Resolution several = resolve(Optional.empty(), "10.0.0.1", "10.0.0.3");

        assertThat(nobody.group()).isEmpty();
        assertThat(nobody.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("none of the addresses", "10.0.0.1, 10.0.0.3", "plugins.haproxy.instance"));
        assertThat(several.group()).isEmpty();
        assertThat(several.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("several of the addresses", "10.0.0.1, 10.0.0.3", "plugins.haproxy.instance"));
    }

    @Test
    void ofAHostWithBothKindsOfAddressesOneCounts() throws Exception {
        here = Set.of("10.0.0.1", "2001:db8::3");

        assertThat(group(Optional.empty(), "both", "10.0.0.2").own()).isEqualTo(ip("10.0.0.1"));
    }

    /** Debian has the name of a host lead to 127.0.1.1 on the host itself. */
    @Test
    void aLoopbackAddressBehindANameLeadsNobodyHere() throws Exception {
        here = Set.of("127.0.1.1");

        assertThat(resolve(Optional.empty(), "debian", "10.0.0.3").group()).isEmpty();
        assertThat(group(Optional.of("10.0.0.2"), "debian", "10.0.0.3").others())
                .containsExactly(ip("10.0.0.3"));
    }

    @Test
    void whatIsNoAddressOfOneHostIsNoInstance() throws Exception {
        assertThat(group(Optional.empty(), "odd", "10.0.0.2").others()).containsExactly(ip("10.0.0.1"));
    }

    @Test
    void aNameWithoutAnAnswerLeavesTheInstancesUnknown() {
        assertThatThrownBy(() -> resolve(Optional.empty(), "10.0.0.2", "nobody"))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void beyondTheLimitTheSameInstancesCountForEverybody() throws Exception {
        Resolution second = resolve(Optional.empty(), "all");
        here = Set.of("10.0.0.40");
        Resolution last = resolve(Optional.empty(), "all");

        assertThat(second.group().orElseThrow().others()).hasSize(31).doesNotContain(ip("10.0.0.33"));
        assertThat(second.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("40 instances", "first 32"));
        assertThat(last.group()).isEmpty();
        assertThat(last.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("40 instances"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "10.0.0.1:9102",
                "10.0.0",
                "999.1.1.1",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "fe80::1",
                "[::1]",
                "http://a/",
                "a..b",
                ".a",
                "a\nserver b",
                "null"
            })
    void whatIsNeitherAnAddressNorANameIsRefused(String text) {
        List<@Nullable String> list = new ArrayList<>();
        list.add(text.equals("null") ? null : text);

        assertThatThrownBy(() -> new InstanceResolver(list, Optional.empty(), PORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("instances has \"")
                .hasMessageEndingWith("expected the address of a host, or a name of DNS");
        assertThatThrownBy(() -> new InstanceResolver(List.of("a"), Optional.of(text), PORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("instance has \"");
    }

    @Test
    void namesAndTheirNumberHaveLimits() {
        assertThat(new InstanceResolver(List.of("a" + ".b".repeat(126)), Optional.empty(), PORT).isEmpty())
                .isFalse();
        assertThatThrownBy(() -> new InstanceResolver(List.of("a".repeat(64)), Optional.empty(), PORT))
                .hasMessageStartingWith("instances has");
        assertThatThrownBy(() -> new InstanceResolver(List.of("ab" + ".b".repeat(126)), Optional.empty(), PORT))
                .hasMessageStartingWith("instances has");
        assertThatThrownBy(() -> new InstanceResolver(
                        IntStream.range(0, 33).mapToObj(i -> "host" + i).toList(), Optional.empty(), PORT))
                .hasMessage("instances has 33 elements, expected at most 32");
        assertThatThrownBy(() -> new InstanceResolver(List.of(), Optional.of("10.0.0.1"), PORT))
                .hasMessage("instances is missing, which instance needs");
    }

    private PeerGroup group(Optional<String> own, String... instances) throws IOException {
        Resolution resolution = resolve(own, instances);
        assertThat(resolution.problem()).isEmpty();
        return resolution.group().orElseThrow();
    }

    private Resolution resolve(Optional<String> own, String... instances) throws IOException {
        InstanceResolver resolver = new InstanceResolver(
                List.of(instances),
                own,
                PORT,
                InstanceResolverTest::lookup,
                address -> here.contains(address.getHostAddress())
                        || here.stream().map(IpLiteral::of).anyMatch(address::equals));
        return resolver.resolve(resolver.addresses());
    }

    private static InetAddress[] lookup(String name) throws IOException {
        if (!DNS.containsKey(name)) {
            throw new UnknownHostException(name);
        }
        return DNS.get(name).stream().map(IpLiteral::of).toArray(InetAddress[]::new);
    }

    private static InetAddress ip(String text) {
        return IpLiteral.of(text);
    }
}
