package io.interlock.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.TopologyLimits;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits of what containers may ask for together; each is a line of docs/limits.md. */
@Tag("unit")
class TopologyBudgetTest {

    private static final String SLOW = "$2y$10$" + "a".repeat(53);
    private static final String QUICK = "$2y$05$" + "a".repeat(53);

    private TestPipeline pipeline = pipeline(TopologyLimits.DEFAULT);

    private static TestPipeline pipeline(TopologyLimits limits) {
        return new TestPipeline(ContainerPolicy.DEFAULT.with(limits));
    }

    private PipelineResult run(List<ContainerFactsBuilder> containers) {
        return pipeline.assemble(
                ContainerFactsBuilder.inventory(
                        new NetworkLocation.OnHost(), containers.toArray(ContainerFactsBuilder[]::new)),
                target -> true);
    }

    private static ContainerFactsBuilder container(int number) {
        return ContainerFactsBuilder.named("c" + number)
                .hostname("c" + number + ".example.com")
                .createdAfter(number)
                .exposes(80);
    }

    private static ContainerFactsBuilder withUsers(int number, int users, String hash) {
        return container(number)
                .data(IntStream.range(0, users)
                        .mapToObj(user -> "\"c" + number + "u" + user + ":" + hash + "\"")
                        .collect(Collectors.joining(",", "{\"basic_auth\": [", "]}")));
    }

    private static ContainerFactsBuilder withAliases(int number, int aliases) {
        return container(number)
                .data(IntStream.range(0, aliases)
                        .mapToObj(alias -> "\"a" + alias + ".c" + number + ".example.org\"")
                        .collect(Collectors.joining(",", "{\"alias_domains\": [", "]}")));
    }

    private static ContainerFactsBuilder withExpression(int number) {
        return container(number)
                .label("interlock.alias_domains.0", "~^[a-z]+-x" + number + "\\.example\\.com$")
                .label("interlock.alias_domains.1", "b" + number + ".example.org");
    }

    @Test
    void aContainerWhoseHashesTakeTooLongIsLeftOutAndTheOthersAreServed() {
        PipelineResult result = run(List.of(withUsers(1, 32, SLOW), withUsers(2, 5, SLOW), container(3)));

        assertThat(AssemblyQueries.names(result)).containsExactlyInAnyOrder("c2.example.com", "c3.example.com");
        assertThat(AssemblyQueries.findings(result, Severity.LEFT_OUT))
                .contains("basic_auth", "32 users", "2000 ms", "password_hashing")
                .doesNotContain(SLOW);
    }

    @Test
    void ofContainersWhoseHashesTakeTooLongTogetherTheCostliestAreLeftOut() {
        List<ContainerFactsBuilder> containers =
                new ArrayList<>(List.of(withUsers(0, 24, SLOW), withUsers(1, 23, SLOW)));
        for (int i = 2; i < 10; i++) {
            containers.add(withUsers(i, 7, SLOW));
        }
        containers.add(withUsers(10, 20, QUICK));

        PipelineResult result = run(containers);

        // 8 × 7 × 80 ms are more than 4 s; 7 × 7 × 80 ms and 50 ms are not.
        assertThat(AssemblyQueries.names(result))
                .containsExactlyInAnyOrder(IntStream.of(2, 3, 4, 5, 6, 7, 10)
                        .mapToObj(i -> "c" + i + ".example.com")
                        .toArray(String[]::new));
    }

    @Test
    void replicasWithTheSameUsersCountOnce() {
        String data = "{\"basic_auth\": [\"a:" + SLOW + "\", \"b:" + SLOW + "\"]}";
        List<ContainerFactsBuilder> replicas = IntStream.range(0, 60)
                .mapToObj(i -> container(i).hostname("www.example.com").data(data))
                .toList();

        assertThat(AssemblyQueries.backend(run(replicas), "www_example_com").servers())
                .hasSize(60);
    }

    @Test
    void theOldestContainersOfAnEngineGetItsNames() {
        pipeline = pipeline(new TopologyLimits(100, 30, 200, 4_000));

        PipelineResult result = run(List.of(
                withAliases(1, 19),
                withAliases(2, 19),
                withAliases(3, 4),
                container(4).engine("other")));

        assertThat(AssemblyQueries.backendNames(result))
                .containsExactlyInAnyOrder("c1_example_com", "c3_example_com", "c4_example_com");
        assertThat(AssemblyQueries.findings(result, Severity.LEFT_OUT))
                .contains("c2.example.com", "30 names", "names_per_engine");
    }

    @Test
    void aContainerMayHaveAsManyAliasesAsTheOperatorAllows() {
        pipeline = pipeline(new TopologyLimits(3, 30, 200, 4_000));

        PipelineResult result = run(List.of(withAliases(1, 5)));

        assertThat(AssemblyQueries.names(result)).hasSize(4);
        assertThat(AssemblyQueries.findings(result, Severity.IGNORED)).contains("more than 3 names");
    }

    @Test
    void theOldestContainersGetTheExpressionsAndTheOthersAreServedWithoutThem() {
        pipeline = pipeline(new TopologyLimits(100, 100, 2, 4_000));

        PipelineResult result = run(List.of(withExpression(3), withExpression(2), withExpression(1)));

        List<HostName> names = result.topology().virtualHosts().stream()
                .flatMap(host -> host.hostNames().stream())
                .toList();
        assertThat(names.stream().filter(HostName::isExpression).map(HostName::value))
                .allMatch(name -> name.contains("x1") || name.contains("x2"))
                .hasSize(2);
        assertThat(names.stream().map(HostName::value)).contains("b3.example.org", "c3.example.com");
        assertThat(AssemblyQueries.findings(result, Severity.IGNORED))
                .contains("x3", "2 regular expressions", "served without its regular expressions");
    }

    @Test
    void aRouteThatHasNoOtherNameIsNotServedWithoutItsExpressions() {
        pipeline = pipeline(new TopologyLimits(100, 100, 1, 4_000));
        ContainerFactsBuilder nameless =
                container(2).hostname("").label("interlock.alias_domains", "~^[a-z]+-x2\\.example\\.com$");

        PipelineResult result = run(List.of(withExpression(1), nameless));

        assertThat(AssemblyQueries.names(result)).noneMatch(name -> name.contains("x2"));
        assertThat(AssemblyQueries.findings(result, Severity.LEFT_OUT)).contains("x2", "1 regular expression");
    }

    @Test
    void aContainerIsNotServedWithoutItsExpressionForPaths() {
        pipeline = pipeline(new TopologyLimits(100, 100, 1, 4_000));
        ContainerFactsBuilder admin =
                container(2).hostname("x2.example.com").label("interlock.match_paths", "/admin/.*");

        PipelineResult result = run(List.of(withExpression(1), admin));

        assertThat(AssemblyQueries.names(result)).noneMatch(name -> name.contains("x2"));
        assertThat(AssemblyQueries.findings(result, Severity.LEFT_OUT)).contains("/admin/.*", "1 regular expression");
    }

    @Test
    void whoWasLeftOutIsServedOnceThereIsRoom() {
        run(List.of(withUsers(1, 20, SLOW), withUsers(2, 20, SLOW), withUsers(3, 21, SLOW)));
        PipelineResult after = run(List.of(withUsers(1, 20, SLOW), withUsers(3, 21, SLOW)));

        assertThat(AssemblyQueries.names(after)).containsExactlyInAnyOrder("c1.example.com", "c3.example.com");
        assertThat(after.findings()).isEmpty();
    }

    @RepeatedTest(5)
    void theResultDependsOnTheCurrentContainersAlone() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TopologyLimits limits = new TopologyLimits(100, 40, 3, 1_000);
        pipeline = pipeline(limits);
        List<ContainerFactsBuilder> all = IntStream.range(0, 24)
                .mapToObj(i -> switch (i % 3) {
                    case 0 -> withUsers(i, 1 + random.nextInt(8), SLOW);
                    case 1 -> withAliases(i, random.nextInt(12));
                    default -> withExpression(i);
                })
                .toList();
        for (int step = 0; step < 20; step++) {
            List<ContainerFactsBuilder> some = new ArrayList<>(all);
            Collections.shuffle(some, random);
            some = some.subList(0, random.nextInt(all.size()));
            PipelineResult changed = run(some);
            TestPipeline before = pipeline;
            pipeline = pipeline(limits);
            PipelineResult fresh = run(some);
            pipeline = before;
            assertThat(changed.topology()).as("seed %d, step %d", seed, step).isEqualTo(fresh.topology());
            assertThat(changed.findings()).as("seed %d, step %d", seed, step).isEqualTo(fresh.findings());
        }
    }
}
