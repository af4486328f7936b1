package io.interlock.app.topology.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.RandomTestRounds;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.AssemblyQueries;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without rules, the first owner of a name decides about it. */
@Tag("unit")
class SharedNameTest {

    private static final String NAME = "shop.example.com";

    private final TestPipeline pipeline = new TestPipeline();

    @Test
    void aJoinerOfAnotherProjectSharesTheRequestsAndIsTold() {
        PipelineResult assembly = assemble(victim("v"), joiner("j"));

        assertThat(ready(assembly)).containsExactlyInAnyOrder("v", "j");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("shop.example.com belongs to project shop; j of project other asked for it");
        assertThat(assembly.holders().toString()).isEqualTo("{shop.example.com=project shop}");
    }

    @Test
    void containersOfOneProjectOrOfNoneAreOneOwner() {
        for (UnaryOperator<ContainerFactsBuilder> owner : List.<UnaryOperator<ContainerFactsBuilder>>of(
                container -> container,
                container -> container.project("shop"),
                container -> container.label("com.docker.stack.namespace", "shop"))) {
            PipelineResult assembly = assemble(
                    new TestPipeline(),
                    owner.apply(container("a").label("interlock.release", "1")),
                    owner.apply(container("b").engine("two").label("interlock.release", "2")));

            assertThat(assembly.findings()).isEmpty();
            assertThat(ready(assembly)).singleElement().asString().startsWith("b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"release\": 999999999}",
                "{\"backup\": true, \"check\": \"httpchk GET /none\"}",
                "{\"check\": \"httpchk GET /none\", \"check_status\": \"599\"}",
                "{\"sticky\": true, \"balance\": \"source\", \"retries\": 0, \"compression\": true}",
                "{\"redirects\": [\"/ https://evil.example.com/\"], \"maintenance\": true}",
                "{\"response_headers\": [\"Set-Cookie: a=b\"], \"request_headers\": [\"Host: evil\"]}",
                "{\"server_timeout\": 1, \"connect_timeout\": 1, \"error_pages\": \"evil\", \"access_log\": false}",
                "{\"backend_options\": [\"httpclose\"], \"hsts\": true, \"cors_origins\": [\"*\"]}",
                "{\"max_conn\": 1, \"slow_start\": 3600000, \"check_rise\": 100, \"check_fall\": 1}",
                "{\"ssl_cert\": \"evil\", \"tls\": \"acme\", \"priority\": 1000}",
                "{\"rate_limit\": \"1/h\"}",
                "{\"allow\": [\"203.0.113.1\"]}",
                "{\"deny\": [\"0.0.0.0/0\"]}",
                "{\"max_body\": 0}",
                "{\"ssl_only\": true}",
                "{\"basic_auth\": [\"alice:$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0\"]}",
                "{\"tls_min_version\": \"1.3\"}",
                "{\"proto\": \"h2\"}",
                "{\"send_proxy\": true}",
                "{\"ssl_backend\": true}"
            })
    void whatAJoinerSaysAboutTheBackendDoesNotCount(String data) {
        Backend alone = backend(assemble(victim("v")));

        PipelineResult assembly = assemble(victim("v"), joiner("j").data(data));

        Backend shared = backend(assembly);
        assertThat(shared.policies()).isEqualTo(alone.policies());
        assertThat(shared.options()).isEqualTo(alone.options());
        assertThat(shared.healthCheck()).isEqualTo(alone.healthCheck());
        assertThat(shared.servers()).contains(alone.servers().getFirst());
        assertThat(host(assembly)).isEqualTo(host(assemble(victim("v"))));
        assertThat(assembly.findings())
                .anyMatch(finding -> finding.severity().compareTo(Severity.IGNORED) >= 0
                        && finding.message().contains("belongs to project shop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"rate_limit\": \"1/h\"}",
                "{\"allow\": [\"203.0.113.1\"]}",
                "{\"basic_auth\": [\"alice:$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0\"]}",
                "{\"tls_min_version\": \"1.3\"}",
                "{\"proto\": \"h2\"}",
                "{\"backup\": true}"
            })
    void aJoinerThatNeedsWhatTheBackendHasNotGetsNothing(String data) {
        PipelineResult assembly = assemble(victim("v"), joiner("j").data(data));

        assertThat(ready(assembly)).containsExactly("v");
        assertThat(assembly.findings()).anyMatch(finding -> finding.refused().isPresent());
        if (!data.contains("backup")) {
            assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("not served for it");
        }
    }

    @Test
    void aJoinerWithTheSameSettingsIsServed() {
        String data = "{\"rate_limit\": \"1/h\", \"check\": \"httpchk GET /\", \"tls_min_version\": \"1.3\", \"proto\":"
                + " \"h2\"}";

        PipelineResult assembly = assemble(victim("v").data(data), joiner("j").data(data));

        assertThat(ready(assembly)).containsExactlyInAnyOrder("v", "j");
        assertThat(assembly.findings()).noneMatch(finding -> finding.refused().isPresent());
    }

    @ParameterizedTest
    @CsvSource({"proto, h2, true", "send_proxy, v2, true", "ssl_backend, true, false", "allow, 10.0.0.0/8, true"})
    void aJoinerWithoutWhatTheBackendHasIsServedUnlessRequestsWouldBeReadOnTheWay(
            String field, String value, boolean served) {
        PipelineResult assembly = assemble(victim("v").label("interlock." + field, value), joiner("j"));

        assertThat(ready(assembly).contains("j")).isEqualTo(served);
        assertThat(ready(assembly)).contains("v");
    }

    @Test
    void aReleaseCountsOnlyAmongItsOwner() {
        PipelineResult assembly = assemble(
                victim("v1").label("interlock.release", "1"),
                victim("v2").label("interlock.release", "2"),
                joiner("j").label("interlock.release", "3"));

        assertThat(ready(assembly)).containsExactlyInAnyOrder("v2", "j");
    }

    @Test
    void aJoinerWeighsNoMoreThanTheFirstOwner() {
        PipelineResult assembly =
                assemble(victim("v").label("interlock.weight", "3"), joiner("j").label("interlock.weight", "256"));

        assertThat(backend(assembly).servers()).extracting(Server::weight).containsOnly(3);
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("weight");
    }

    @Test
    void aJoinersPathIsServedButHasNoPriority() {
        PipelineResult assembly = assemble(
                victim("v").label("interlock.priority", "1"),
                joiner("j").label("interlock.path", "/login").label("interlock.priority", "1000"));

        assertThat(host(assembly).routes()).extracting(Route::pathPrefix).containsExactly("/", "/login");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("label interlock.priority");
    }

    @Test
    void theFirstOwnerStaysTheFirstWhenItsContainersAreReplaced() {
        assemble(victim("v1"));
        assemble(victim("v1"), joiner("j").createdAfter(10));
        pipeline.pass(Duration.ofSeconds(61));
        assemble(joiner("j").createdAfter(10));
        PipelineResult assembly = assemble(
                victim("v2").createdAfter(20), joiner("j").createdAfter(10).label("interlock.release", "9"));

        assertThat(assembly.holders().toString()).contains("project shop");
        assertThat(ready(assembly)).containsExactlyInAnyOrder("v2", "j");
    }

    @Test
    void atFirstTheOldestContainerDecidesInWhateverOrderTheyAreSeen() {
        assemble(joiner("j").createdAfter(10));
        PipelineResult assembly = assemble(joiner("j").createdAfter(10), victim("v"));

        assertThat(assembly.holders().toString()).contains("project shop");
    }

    @Test
    void aJoinerGoesOnWhenTheFirstOwnerLeavesAndThenHasTheName() {
        assemble(victim("v"), joiner("j").createdAfter(1));
        PipelineResult held = assemble(joiner("j").createdAfter(1));
        pipeline.pass(Duration.ofSeconds(60));
        PipelineResult free = assemble(joiner("j").createdAfter(1));

        assertThat(ready(held)).containsExactly("j");
        assertThat(held.holders().toString()).contains("project shop");
        assertThat(held.pause()).contains(Duration.ofSeconds(60));
        assertThat(free.holders().toString()).contains("project other");
        assertThat(free.findings()).isEmpty();
        assertThat(free.pause()).isEmpty();
    }

    @Test
    void aNewcomerWaitsForAHeldName() {
        assemble(victim("v"));
        assemble();
        PipelineResult held = assemble(joiner("j").createdAfter(1));
        pipeline.pass(Duration.ofSeconds(59));
        PipelineResult stillHeld = assemble(joiner("j").createdAfter(1));
        pipeline.pass(Duration.ofSeconds(1));
        PipelineResult free = assemble(joiner("j").createdAfter(1));

        assertThat(held.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(held, Severity.WAITING)).contains("belongs to project shop", "before");
        assertThat(held.pause()).contains(Duration.ofSeconds(60));
        assertThat(stillHeld.topology().virtualHosts()).isEmpty();
        assertThat(ready(free)).containsExactly("j");
    }

    @ParameterizedTest
    @CsvSource({"*.example.com", "*.com", "*", "~^[a-z.]+$"})
    void aHeldNameIsAnsweredByNobodyElse(String wide) {
        ContainerFactsBuilder other =
                joiner("j").hostname("").createdAfter(1).data("{\"alias_domains\": [\"" + wide + "\"]}");
        assemble(victim("v"), other);
        PipelineResult held = assemble(other);
        PipelineResult again = assemble(victim("v2").createdAfter(9), other);
        assemble(other);
        pipeline.pass(Duration.ofSeconds(60));
        PipelineResult free = assemble(other);

        assertThat(backend(held).servers()).isEmpty();
        assertThat(held.pause()).contains(Duration.ofSeconds(60));
        assertThat(held.holders().toString()).contains("shop.example.com=project shop");
        assertThat(ready(again)).containsExactlyInAnyOrder("v2", "j");
        assertThat(backend(again).servers()).hasSize(1);
        assertThat(AssemblyQueries.names(free)).containsExactly(wide);
    }

    @Test
    void aHeldNameIsAnsweredByAWildcardOfItsOwner() {
        ContainerFactsBuilder own = victim("w").hostname("").data("{\"alias_domains\": [\"*.example.com\"]}");
        assemble(victim("v"), own);
        PipelineResult held = assemble(own, joiner("j").hostname("").data("{\"default\": true}"));

        assertThat(AssemblyQueries.names(held)).containsExactly("*", "*.example.com");
    }

    @Test
    void aNameThatARuleGivesIsNeverAnsweredByTheWildcardOfAnother() {
        ContainerPolicy rules = RulesFixture.policy("""
            {"owner": "shop", "who": {"project": "shop"}, "may": {"names": ["shop.example.com", "*.shop.example.com"]}},
            {"owner": "other", "who": {"project": "other"}, "may": {"names": ["*.com"], "default": true}}\
            """);
        TestPipeline ruled = new TestPipeline(rules);
        ContainerFactsBuilder wide =
                joiner("j").hostname("").data("{\"alias_domains\": [\"*.com\"], \"default\": true}");

        PipelineResult before = assemble(ruled, wide);
        PipelineResult served = assemble(ruled, wide, victim("v"));
        ruled.pass(Duration.ofDays(1));
        assemble(ruled, wide);
        ruled.pass(Duration.ofDays(1));
        PipelineResult after = assemble(ruled, wide);

        assertThat(AssemblyQueries.names(before)).containsExactly("*", "*.com", "*.shop.example.com", NAME);
        assertThat(backend(before).servers()).isEmpty();
        assertThat(backend(served).servers()).hasSize(1);
        assertThat(after.topology()).isEqualTo(before.topology());
    }

    @Test
    void withoutHoldANameIsFreeAtOnce() {
        TestPipeline quick = new TestPipeline(RulesFixture.policy("", ", \"name_hold\": 0"));
        assemble(quick, victim("v"));
        assemble(quick);

        assertThat(ready(assemble(quick, joiner("j")))).containsExactly("j");
    }

    @Test
    void ofTooManyHeldNamesTheOldestBecomeFreeEarly() {
        List<ContainerFactsBuilder> many = IntStream.range(0, 100)
                .mapToObj(i -> container("c" + i)
                        .project("many")
                        .hostname("c" + i + ".example.org")
                        .data(IntStream.range(0, 100)
                                .mapToObj(alias -> "\"a" + alias + ".c" + i + ".example.org\"")
                                .collect(Collectors.joining(",", "{\"alias_domains\": [", "]}"))))
                .toList();
        assemble(Stream.concat(Stream.of(victim("v")), many.stream()).toArray(ContainerFactsBuilder[]::new));
        assemble(many.toArray(ContainerFactsBuilder[]::new));
        PipelineResult held = assemble(joiner("j").createdAfter(1));
        PipelineResult free = assemble(joiner("j").createdAfter(1), container("other"));

        assertThat(held.topology().virtualHosts()).isEmpty();
        assertThat(ready(free)).contains("j");
    }

    @Test
    void namesDoNotStayWithOwnersOfOtherRules() {
        TestPipeline changing = new TestPipeline();
        assemble(changing, victim("v"));
        changing.allow(RulesFixture.policy(
                "{\"owner\": \"shop\", \"who\": {\"engine\": \"*\"}, \"may\": {\"names\": [\"*\"]}}"));
        PipelineResult ruled = assemble(changing, victim("v"));
        changing.allow(ContainerPolicy.DEFAULT);
        PipelineResult free = assemble(changing, victim("v"));

        assertThat(ready(ruled)).containsExactly("v");
        assertThat(ruled.holders().toString()).isEqualTo("{shop.example.com=shop}");
        assertThat(ready(free)).containsExactly("v");
        assertThat(free.pause()).isEmpty();
    }

    @Test
    void onlyTheOldestContainerOfAnOwnerMattersToOthersUntilItChanges() {
        String tls = "{\"tls_min_version\": \"1.3\"}";
        ContainerFactsBuilder joiner = joiner("j").createdAfter(5).data(tls);
        assemble(victim("v"), joiner);
        PipelineResult without = assemble(victim("v"), victim("v2").createdAfter(2), joiner);
        PipelineResult with = assemble(victim("v"), victim("v2").createdAfter(2).data(tls), joiner);
        PipelineResult again = assemble(victim("v"), victim("v2").createdAfter(2), joiner);
        PipelineResult checked = assemble(
                victim("v").data("{\"check\": \"httpchk GET /\"}"),
                joiner("j").createdAfter(5).data("{\"check\": \"httpchk GET /\"}"));
        PipelineResult other =
                assemble(victim("v"), joiner("j").createdAfter(5).data("{\"check\": \"httpchk GET /\"}"));

        assertThat(ready(without)).containsExactlyInAnyOrder("v", "v2");
        assertThat(ready(with)).containsExactlyInAnyOrder("v", "v2", "j");
        assertThat(ready(again)).containsExactlyInAnyOrder("v", "v2");
        assertThat(AssemblyQueries.findings(checked, Severity.IGNORED)).doesNotContain("check");
        assertThat(AssemblyQueries.findings(other, Severity.IGNORED)).contains("check");
    }

    @Test
    void aContainerWithNamesOfSeveralOwnersGetsEachAsItMay() {
        PipelineResult assembly = assemble(
                victim("v"),
                joiner("j")
                        .createdAfter(1)
                        .data("{\"alias_domains\": [\"j.example.com\", \"k.example.com\"], \"rate_limit\": \"9/s\"}"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("j.example.com", "k.example.com", NAME);
        assertThat(ready(assembly)).containsExactlyInAnyOrder("v", "j");
        assertThat(backend(assembly).servers()).hasSize(1);
    }

    @Test
    void withoutHoldOneChangeAfterAnotherGivesWhatAFreshStartWouldGive() {
        ContainerPolicy policy = RulesFixture.policy("", ", \"name_hold\": 0");
        for (long seed = 0; seed < RandomTestRounds.of(20, 200); seed++) {
            Random random = new Random(seed);
            TestPipeline used = new TestPipeline(policy);
            Map<String, ContainerFactsBuilder> fleet = new TreeMap<>();
            for (int step = 0; step < 30; step++) {
                String name = "c" + random.nextInt(6);
                if (random.nextInt(3) == 0) {
                    fleet.remove(name);
                } else {
                    fleet.put(name, random(name, random));
                }
                ContainerFactsBuilder[] now = fleet.values().toArray(ContainerFactsBuilder[]::new);

                assertThat(assemble(used, now))
                        .as("step %s of seed %s", step, seed)
                        .isEqualTo(assemble(new TestPipeline(policy), now));
            }
        }
    }

    private static ContainerFactsBuilder random(String name, Random random) {
        List<String> names = List.of("a.example.com", "b.example.com", "*.example.com", "*", "~^[a-z.]+$");
        List<String> some = names.stream()
                .filter(any -> random.nextInt(2) == 0)
                .map(one -> "\"" + one + "\"")
                .toList();
        return ContainerFactsBuilder.named(name)
                .hostname(random.nextBoolean() ? "c.example.com" : "")
                .exposes(80)
                .project("p" + random.nextInt(3))
                .createdAfter(random.nextInt(5))
                .data("{\"alias_domains\": " + some + ", \"release\": " + random.nextInt(3) + ", \"path\": \""
                        + (random.nextBoolean() ? "/" : "/x") + "\", \"priority\": " + random.nextInt(2)
                        + (random.nextInt(3) == 0 ? ", \"rate_limit\": \"1/s\"" : "")
                        + (random.nextInt(3) == 0 ? ", \"proto\": \"h2\", \"backup\": true" : "") + "}");
    }

    private static ContainerFactsBuilder container(String name) {
        return ContainerFactsBuilder.named(name).hostname(NAME).exposes(8080);
    }

    private static ContainerFactsBuilder victim(String name) {
        return container(name).project("shop");
    }

    private static ContainerFactsBuilder joiner(String name) {
        return container(name).project("other").createdAfter(1);
    }

    private PipelineResult assemble(ContainerFactsBuilder... containers) {
        return assemble(pipeline, containers);
    }

    private static PipelineResult assemble(TestPipeline by, ContainerFactsBuilder... containers) {
        List<ContainerFactsBuilder> all = new ArrayList<>(Arrays.asList(containers));
        Collections.reverse(all);
        return by.assemble(
                ContainerFactsBuilder.inventory(
                        new NetworkLocation.OnHost(),
                        all.stream().map(ContainerFactsBuilder::facts).toList()),
                ContainerFactsBuilder.admitting(Set.of()));
    }

    private static VirtualHost host(PipelineResult assembly) {
        return assembly.topology().virtualHosts().stream()
                .filter(host ->
                        host.hostNames().stream().anyMatch(name -> name.value().equals(NAME)))
                .findFirst()
                .orElseThrow();
    }

    private static Backend backend(PipelineResult assembly) {
        String name = host(assembly).routes().getFirst().backendName();
        return assembly.topology().backends().stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ready(PipelineResult assembly) {
        return assembly.topology().backends().stream()
                .flatMap(backend -> backend.servers().stream())
                .filter(server -> server.state() == ServerState.READY)
                .map(Server::name)
                .distinct()
                .toList();
    }
}
