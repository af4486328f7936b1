package io.interlock.app.topology.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TcpListener.TcpRoute;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.ContainerFactsBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that TLS clients ask for at a TCP port stays with its owner, as a name of requests does. */
@Tag("unit")
class TcpNameHoldTest {

    private static final String NAME = "vault.example.com";
    private static final ContainerPolicy PORTS = RulesFixture.policy("");

    private final TestPipeline pipeline = new TestPipeline(PORTS);

    @ParameterizedTest
    @ValueSource(strings = {"*.example.com", "*.com", "*"})
    void aHeldNameOfAPortIsAnsweredByNobodyElse(String wide) {
        ContainerFactsBuilder other = wide(wide);
        assemble(victim("v"), other);
        PipelineResult held = assemble(other);
        PipelineResult again = assemble(victim("v2").createdAfter(9), other);
        assemble(other);
        pipeline.pass(Duration.ofSeconds(60));
        PipelineResult free = assemble(other);

        assertThat(servers(held, 5443, NAME)).isEmpty();
        assertThat(held.pause()).contains(Duration.ofSeconds(60));
        assertThat(held.holders().toString()).contains(NAME + " at port 5443=project shop");
        assertThat(servers(again, 5443, NAME)).containsExactly("v2");
        assertThat(route(free, 5443, NAME)).isEmpty();
        assertThat(listener(free, 5443).routes()).hasSize(1);
        assertThat(free.topology().backends()).hasSize(1);
    }

    @Test
    void severalHeldNamesOfSeveralPortsAreKeptApart() {
        ContainerFactsBuilder five = wide("*.example.com");
        ContainerFactsBuilder six = wide("six", "*").data(tcp("tcp", 5444, ""));
        ContainerFactsBuilder lone = victim("l").data(tcp("tls", 5445, ""));
        ContainerFactsBuilder requests = victim("r").hostname("www.example.com").data("{}");
        ContainerFactsBuilder web = wide("web", "*").data("{\"alias_domains\": [\"*.example.com\"]}");
        assemble(
                victim("v").data(tcp("tls", 5443, "a.example.com")),
                victim("w").data(tcp("tls", 5444, "")),
                lone,
                requests,
                five,
                six,
                web);
        PipelineResult held = assemble(five, six, web);

        assertThat(servers(held, 5443, NAME)).isEmpty();
        assertThat(servers(held, 5443, "a.example.com")).isEmpty();
        assertThat(servers(held, 5444, NAME)).isEmpty();
        assertThat(route(held, 5444, "a.example.com")).isEmpty();
        assertThat(held.topology().tcpListeners()).extracting(TcpListener::port).containsExactly(5443, 5444);
        assertThat(held.topology().virtualHosts())
                .anyMatch(host -> host.hostNames().contains(new HostName("www.example.com")));
    }

    @Test
    void aNewcomerWaitsForAHeldNameOfAPortAndForAHeldPort() {
        for (String data : List.of(tcp("tls", 5443, ""), tcp("tcp", 5443, ""))) {
            TestPipeline used = new TestPipeline(PORTS);
            assemble(used, victim("v").data(data));
            assemble(used);
            PipelineResult held = assemble(used, victim("j").project("other").data(data));
            used.pass(Duration.ofSeconds(60));
            PipelineResult free = assemble(used, victim("j").project("other").data(data));

            assertThat(held.topology().tcpListeners()).isEmpty();
            assertThat(free.topology().tcpListeners()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NAME, "*.example.com", "*.com"})
    void aPortThatAnOwnerHasAsAWholeGetsNoNamesOfAnother(String name) {
        ContainerFactsBuilder whole = wide("*").createdAfter(0);
        ContainerFactsBuilder joiner = victim("j").createdAfter(5).hostname("").data(tcp("tls", 5443, name));
        PipelineResult alone = assemble(whole);
        PipelineResult joined = assemble(whole, joiner);
        PipelineResult atOnce = assemble(new TestPipeline(PORTS), whole, joiner);
        PipelineResult left = assemble(joiner);
        PipelineResult back = assemble(wide("*").createdAfter(9), joiner);

        assertThat(joined.topology().tcpListeners()).isEqualTo(alone.topology().tcpListeners());
        assertThat(atOnce.topology().tcpListeners()).isEqualTo(alone.topology().tcpListeners());
        assertThat(joined.findings().toString())
                .contains("port 5443 belongs to project other; j of project shop asked for it for the name " + name);
        assertThat(route(left, 5443, name)).isPresent();
        assertThat(back.topology().tcpListeners()).isEqualTo(alone.topology().tcpListeners());
    }

    @Test
    void aPortWithNamesTakesAWholeContainerOfAnotherForTheRest() {
        PipelineResult first = assemble(victim("v"));
        pipeline.pass(Duration.ofSeconds(1));
        PipelineResult joined = assemble(victim("v"), wide("*").createdAfter(0));

        assertThat(servers(joined, 5443, NAME)).containsExactly("v");
        assertThat(listener(joined, 5443).routes()).hasSize(2);
        assertThat(listener(first, 5443).routes()).hasSize(1);
    }

    @Test
    void anOwnerMixesNamesAndAllOtherConnectionsOfItsPort() {
        PipelineResult mixed = assemble(wide("*").createdAfter(0).project("shop"), victim("v"));

        assertThat(servers(mixed, 5443, NAME)).containsExactly("v");
        assertThat(listener(mixed, 5443).routes()).hasSize(2);
    }

    @Test
    void aHeldNameOfAPortIsAnsweredByAWildcardOfItsOwner() {
        ContainerFactsBuilder own = wide("*.example.com").project("shop");
        assemble(victim("v"), own);

        assertThat(route(assemble(own, wide("any", "*").project("another")), 5443, NAME))
                .isEmpty();
    }

    @Test
    void aNameThatARuleGivesIsNeverAnsweredByTheWildcardOfAnotherAtAPort() {
        TestPipeline ruled = new TestPipeline(RulesFixture.policy("""
                {"owner": "shop", "who": {"project": "shop"}, "may": {"names": ["vault.example.com"], "ports": "5443"}},
                {"owner": "other", "who": {"project": "other"}, "may":
                    {"names": ["*.com"], "ports": "5000-5999", "default": true}}\
                """));

        PipelineResult wildcard = assemble(ruled, wide("*.com"));
        PipelineResult whole = assemble(ruled, wide("*"));

        assertThat(servers(wildcard, 5443, NAME)).isEmpty();
        // A port without names belongs to whoever has it: it need not even speak TLS.
        assertThat(listener(whole, 5443).routes()).hasSize(1);
    }

    private static String tcp(String mode, int port, String alias) {
        return "{\"mode\": \"" + mode + "\", \"listen\": " + port
                + (alias.isEmpty() ? "" : ", \"alias_domains\": [\"" + alias + "\"]") + "}";
    }

    private static ContainerFactsBuilder victim(String name) {
        return ContainerFactsBuilder.named(name)
                .hostname(NAME)
                .exposes(8443)
                .project("shop")
                .data(tcp("tls", 5443, ""));
    }

    private static ContainerFactsBuilder wide(String name) {
        return wide("other", name);
    }

    private static ContainerFactsBuilder wide(String container, String name) {
        return ContainerFactsBuilder.named(container)
                .hostname("")
                .exposes(8443)
                .project("other")
                .createdAfter(1)
                .data(name.equals("*") ? tcp("tcp", 5443, "") : tcp("tls", 5443, name));
    }

    private PipelineResult assemble(ContainerFactsBuilder... containers) {
        return assemble(pipeline, containers);
    }

    private static PipelineResult assemble(TestPipeline by, ContainerFactsBuilder... containers) {
        return by.assemble(
                ContainerFactsBuilder.inventory(
                        new NetworkLocation.OnHost(),
                        Arrays.stream(containers)
                                .map(ContainerFactsBuilder::facts)
                                .toList()),
                ContainerFactsBuilder.admitting(Set.of()));
    }

    private static TcpListener listener(PipelineResult result, int port) {
        return result.topology().tcpListeners().stream()
                .filter(listener -> listener.port() == port)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<TcpRoute> route(PipelineResult result, int port, String name) {
        return listener(result, port).routes().stream()
                .filter(route -> route.serverName().equals(Optional.of(new HostName(name))))
                .findFirst();
    }

    private static List<String> servers(PipelineResult result, int port, String name) {
        String backend = route(result, port, name).orElseThrow().backendName();
        Backend its = result.topology().backends().stream()
                .filter(one -> one.name().equals(backend))
                .findFirst()
                .orElseThrow();
        return its.servers().stream().map(server -> server.name()).toList();
    }
}
