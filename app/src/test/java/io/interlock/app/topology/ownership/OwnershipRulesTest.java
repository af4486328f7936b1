package io.interlock.app.topology.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.problem.ConfigProblem;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.AssemblyQueries;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.ClaimRefusal;
import io.interlock.app.topology.findings.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no rule allows is left out and told. */
@Tag("unit")
class OwnershipRulesTest {

    private static final String SHOP = """
        {"owner": "shop", "who": {"project": "shop"}, "may": {"names": ["shop.example.com", "*.shop.example.com"],
         "ports": "5000-5099", "without": ["priority", "allow", "compression"]}}\
        """;
    private static final String TEAM_B = """
        {"owner": "team-b", "who": {"project": "b-*"}, "may": {"names": ["*.b.example.com"], "paths": ["/api"],
         "fields": ["path", "hostname", "alias_domains", "routes"]}}\
        """;
    private static final ContainerPolicy POLICY = RulesFixture.policy(SHOP + "," + TEAM_B);

    @Test
    void aNameOfSomebodyElseIsRefusedWithItsOwner() {
        PipelineResult assembly = assemble(shop("shop-1"), b("crawler-3").hostname("shop.example.com"));

        assertThat(AssemblyQueries.onlyServer(assembly).name()).isEqualTo("shop-1");
        Finding finding = refused(assembly);
        assertThat(finding.severity()).isEqualTo(Severity.LEFT_OUT);
        assertThat(finding.message())
                .contains("shop.example.com belongs to shop; crawler-3 of team-b asked for it", "not served");
        assertThat(finding.refused())
                .contains(new ClaimRefusal(new OwnerId("team-b"), "shop.example.com", List.of(new OwnerId("shop"))));
    }

    @Test
    void theNamesThatAreAllowedAreServed() {
        PipelineResult assembly = assemble(shop("shop-1")
                .data("{\"alias_domains\": [\"a.shop.example.com\", \"a.b.example.com\", \"example.org\"]}"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("a.shop.example.com", "shop.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("a.b.example.com belongs to team-b", "example.org belongs to nobody", "not served for it");
    }

    @Test
    void otherRulesDecideAtOnceAndLoseNoContainerThatTheyAllow() {
        TestPipeline pipeline = new TestPipeline(ContainerPolicy.DEFAULT);
        List<ContainerFactsBuilder> fleet = List.of(shop("shop-1"));
        assertThat(AssemblyQueries.onlyServer(assemble(pipeline, fleet)).name()).isEqualTo("shop-1");

        pipeline.allow(POLICY);
        assertThat(AssemblyQueries.onlyServer(assemble(pipeline, fleet)).name()).isEqualTo("shop-1");
        pipeline.allow(RulesFixture.policy(SHOP.replace("\"owner\": \"shop\"", "\"owner\": \"renamed\"")));
        PipelineResult renamed = assemble(pipeline, fleet);
        assertThat(AssemblyQueries.onlyServer(renamed).name()).isEqualTo("shop-1");
        assertThat(renamed.holders()).containsValue(new OwnerId("renamed"));
        pipeline.allow(RulesFixture.policy(TEAM_B));
        assertThat(AssemblyQueries.names(assemble(pipeline, fleet))).isEmpty();
        pipeline.allow(ContainerPolicy.DEFAULT);
        assertThat(AssemblyQueries.onlyServer(assemble(pipeline, fleet)).name()).isEqualTo("shop-1");
    }

    @Test
    void aContainerWithoutRuleIsServedNothing() {
        PipelineResult assembly = assemble(
                ContainerFactsBuilder.web("www.example.com"),
                ContainerFactsBuilder.named("evil")
                        .hostname("shop.example.com")
                        .exposes(80)
                        .project("shop2"),
                ContainerFactsBuilder.named("x")
                        .hostname("shop.example.com")
                        .exposes(80)
                        .project("shop")
                        .ofUnknownImage());

        assertThat(assembly.topology().virtualHosts()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains(
                        "www.example.com belongs to nobody",
                        "evil of engine local",
                        "its engine does not say which labels come from its image");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\": \"/\"}",
                "{\"path\": \"/apis\"}",
                "{\"path\": \"/ap\"}",
                "{\"path\": \"/api\", \"default\": true, \"alias_domains\": []}",
                "{\"path\": \"/api\", \"release\": 7, \"match_methods\": [\"GET\"]}",
                "{\"path\": \"/api\", \"basic_auth\": [\"alice:$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0\"]}",
                "{\"path\": \"/api\", \"routes\": [{\"path\": \"/\"}, {\"path\": \"/api/x\"}]}"
            })
    void otherPathsAndFieldsAreRefused(String data) {
        PipelineResult assembly = assemble(
                b("b").hostname("w.b.example.com").data(data),
                b("good").hostname("v.b.example.com").data("{\"path\": \"/api/v1\"}"));

        assertThat(assembly.findings()).anyMatch(finding -> finding.refused().isPresent());
        assertThat(AssemblyQueries.names(assembly)).contains("v.b.example.com").doesNotContain("*");
    }

    @ParameterizedTest
    @CsvSource({"compression, true, true", "allow, 10.0.0.0/8, false", "priority, 1000, false"})
    void aFieldThatIsNotAllowedIsIgnoredOnlyIfThatIsSafe(String field, String value, boolean served) {
        PipelineResult assembly = assemble(shop("shop-1").label("interlock." + field, value));

        assertThat(assembly.topology().backends()).hasSize(served ? 1 : 0);
        assertThat(refused(assembly).field()).isEqualTo("label interlock." + field);
        assertThat(assembly.topology().backends())
                .allMatch(backend -> backend.policies().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"shop, 5000, true", "shop, 5100, false", "b-1, 5000, false"})
    void aPortNeedsARule(String project, String port, boolean served) {
        PipelineResult assembly = assemble(ContainerFactsBuilder.named("db")
                .exposes(5432)
                .project(project)
                .label("interlock.mode", "tcp")
                .label("interlock.listen", port));

        assertThat(assembly.topology().tcpListeners()).hasSize(served ? 1 : 0);
    }

    @Test
    void theNamesOfTlsClientsNeedARuleToo() {
        PipelineResult assembly = assemble(shop("a")
                .label("interlock.mode", "tls")
                .label("interlock.listen", "5001")
                .hostname("w.b.example.com"));

        assertThat(assembly.topology().tcpListeners()).isEmpty();
    }

    @Test
    void everyNameTakesAnExplicitPermission() {
        ContainerPolicy open = RulesFixture.policy(
                "{\"owner\": \"all\", \"who\": {\"engine\": \"*\"}, \"may\": {\"names\": [\"*\"], \"default\": true}}");
        ContainerPolicy closed = RulesFixture.policy(
                "{\"owner\": \"all\", \"who\": {\"engine\": \"*\"}, \"may\": {\"names\": [\"*\"]}}");
        ContainerFactsBuilder any = ContainerFactsBuilder.web("a.example.com").data("{\"default\": true}");

        assertThat(AssemblyQueries.names(assemble(open, any))).containsExactly("*", "a.example.com");
        assertThat(AssemblyQueries.names(assemble(closed, any))).containsExactly("a.example.com");
    }

    @Test
    void aRuleWithAFieldThatDoesNotExistIsAProblem() {
        ConfigResult.Valid configuration = (ConfigResult.Valid) RulesFixture.read("""
            {"ownership": [{"owner": "a", "who": {"engine": "*"}, "may": {"without": ["prioritty", "alias_domain"]}},
             {"owner": "b", "who": {"engine": "*"}, "may": {"fields": ["names"]}}]}\
            """);

        assertThat(FieldGrantValidator.problems(configuration))
                .extracting(ConfigProblem::found)
                .containsExactly("\"names\"", "\"prioritty\"");
    }

    @Test
    void theExamplesOfTheDocumentAreValid() throws IOException {
        List<String> examples = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "docs", "ownership.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(examples).hasSizeGreaterThan(3).allSatisfy(example -> {
            assertThat(RulesFixture.read(example)).isInstanceOf(ConfigResult.Valid.class);
            assertThat(FieldGrantValidator.problems((ConfigResult.Valid) RulesFixture.read(example)))
                    .isEmpty();
        });
    }

    @Test
    void whatIsServedWithinLimitsDependsOnNeitherEarlierContainersNorEarlierRules() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<ContainerPolicy> policies = List.of(
                limited(""),
                limited(", \"most\": {\"names\": 5}"),
                limited(", \"most\": {\"containers\": 4, \"names\": 9}"));
        TestPipeline used = new TestPipeline(policies.getFirst());
        Map<Integer, ContainerFactsBuilder> fleet = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            ContainerPolicy policy = policies.get(random.nextInt(20) == 0 ? random.nextInt(3) : i / 70);
            used.allow(policy);
            int number = random.nextInt(12);
            if (fleet.remove(number) == null) {
                fleet.put(
                        number,
                        ContainerFactsBuilder.named("c" + number)
                                .hostname("p" + random.nextInt(9) + ".preview.example.com")
                                .exposes(80)
                                .project("ci-" + random.nextInt(2))
                                .createdAfter(random.nextInt(100)));
            }

            assertThat(assemble(used, List.copyOf(fleet.values())).topology())
                    .as("seed %d, step %d", seed, i)
                    .isEqualTo(assemble(new TestPipeline(policy), List.copyOf(fleet.values()))
                            .topology());
        }
    }

    private static ContainerPolicy limited(String most) {
        return RulesFixture.policy(
                "{\"owner\": \"ci\", \"who\": {\"project\": \"ci-*\"}, \"may\": {\"names\": [\"*.preview.example.com\"]"
                        + most + "}}",
                ", \"name_hold\": 0");
    }

    @Test
    void theOldestContainersOfAnOwnerAreServedWithinItsLimits() {
        ContainerPolicy policy = RulesFixture.policy("""
            {"owner": "ci", "who": {"project": "ci-*"}, "may": {"names": ["*.preview.example.com"], "expressions": true,
             "most": {"names": 3, "containers": 3, "expressions": 1, "hash_cost": 6}}}\
            """);
        List<ContainerFactsBuilder> fleet = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            fleet.add(ContainerFactsBuilder.named("c" + i)
                    .hostname("p" + i + ".preview.example.com")
                    .exposes(80)
                    .project("ci-" + i)
                    .createdAfter(10 - i));
        }
        TestPipeline pipeline = new TestPipeline(policy);

        assertThat(AssemblyQueries.names(assemble(pipeline, fleet)))
                .containsExactly("p2.preview.example.com", "p3.preview.example.com", "p4.preview.example.com");
        fleet.remove(4);
        assertThat(AssemblyQueries.names(assemble(pipeline, fleet)))
                .containsExactly("p1.preview.example.com", "p2.preview.example.com", "p3.preview.example.com");
        fleet.get(3)
                .data("{\"alias_domains\": [\"~^a\\\\.preview\\\\.example\\\\.com$\","
                        + " \"~^b\\\\.preview\\\\.example\\\\.com$\"]}");
        assertThat(AssemblyQueries.names(assemble(pipeline, fleet)))
                .contains("~^a\\.preview\\.example\\.com$")
                .hasSize(3);
        String user = "{\"basic_auth\": [\"alice:$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0\"]}";
        fleet.forEach(container -> container.data(user));
        PipelineResult costly = assemble(pipeline, fleet);

        assertThat(AssemblyQueries.names(costly)).containsExactly("p2.preview.example.com", "p3.preview.example.com");
        assertThat(AssemblyQueries.findings(costly, Severity.LEFT_OUT)).contains("no more than 6 hash cost");
    }

    private static PipelineResult assemble(TestPipeline pipeline, List<ContainerFactsBuilder> fleet) {
        return pipeline.assemble(
                ContainerFactsBuilder.inventory(
                        new NetworkLocation.OnHost(), fleet.toArray(ContainerFactsBuilder[]::new)),
                ContainerFactsBuilder.admitting(Set.of()));
    }

    private static ContainerFactsBuilder shop(String name) {
        return ContainerFactsBuilder.named(name)
                .hostname("shop.example.com")
                .exposes(8080)
                .project("shop");
    }

    private static ContainerFactsBuilder b(String name) {
        return ContainerFactsBuilder.named(name).exposes(8080).project("b-1");
    }

    private static Finding refused(PipelineResult assembly) {
        return assembly.findings().stream()
                .filter(finding -> finding.refused().isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static PipelineResult assemble(ContainerFactsBuilder... containers) {
        return assemble(POLICY, containers);
    }

    private static PipelineResult assemble(ContainerPolicy policy, ContainerFactsBuilder... containers) {
        return new TestPipeline(policy)
                .assemble(
                        ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), containers),
                        ContainerFactsBuilder.admitting(Set.of()));
    }
}
