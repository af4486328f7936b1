package io.interlock.app.topology.field;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.AssemblyQueries;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that each sum that a container may ask for has a limit. Without limits, the tests of many labels would not end.
 */
@Tag("unit")
class ContainerLimitsTest {

    private static final int MANY = 30_000;

    static Stream<IntFunction<String>> labels() {
        return Stream.of(
                n -> "routes.r" + n + ".path",
                n -> "routes.r" + n % 51 + ".port." + n,
                n -> "routes.a.alias_domains." + n,
                n -> "routes.!" + n + ".allow",
                n -> "unknown_field_" + n,
                n -> "basic_aut_" + n,
                n -> "alias_domains." + n,
                n -> "allow." + n);
    }

    @ParameterizedTest
    @MethodSource("labels")
    void aContainerWithTooManyLabelsIsLeftOutAndDelaysNobody(IntFunction<String> label) {
        ContainerFactsBuilder hostile = web("www.example.com");
        IntStream.range(0, MANY).forEach(n -> hostile.label("interlock." + label.apply(n), "/a"));

        PipelineResult assembly = assemble(hostile, web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("30000", "at most 5000 labels");
        assertThat(assembly.findings()).hasSizeLessThan(110);
    }

    @ParameterizedTest
    @MethodSource("labels")
    void asManyLabelsAsAreAllowedAreReadInReasonableTime(IntFunction<String> label) {
        ContainerFactsBuilder container = web("www.example.com");
        IntStream.range(0, ContainerLimits.LABELS)
                .forEach(n -> container.label("interlock." + label.apply(n), "a" + n + ".example.com"));

        PipelineResult assembly = assemble(container, web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).contains("other.example.com");
        assertThat(assembly.findings()).hasSizeBetween(1, 110);
    }

    @Test
    void labelsOfMoreThanFiftyRoutesLeaveTheContainerOut() {
        ContainerFactsBuilder container = web("www.example.com");
        IntStream.range(0, 51).forEach(n -> container.label("interlock.routes.r" + n + ".path", "/" + n));

        assertThat(AssemblyQueries.findings(assemble(container), Severity.LEFT_OUT))
                .contains("at most 50 routes");
    }

    @Test
    void labelsOfOthersAreNotCounted() {
        ContainerFactsBuilder container = web("www.example.com").label("interlock.port", "9000");
        IntStream.range(0, MANY).forEach(n -> container.label("com.example.l" + n, "x"));

        assertThat(AssemblyQueries.onlyServer(assemble(container)).port()).isEqualTo(9000);
    }

    /** The document states this limit: at most a hundred for a container, not for each route. */
    @Test
    void aContainerHasAHundredAliasesWithThoseOfItsRoutes() {
        String data = "{\"alias_domains\": [" + names("all", 40) + "], \"routes\": [" + "{\"path\": \"/\"},"
                + "{\"path\": \"/a\", \"alias_domains\": [" + names("a", 40) + "]},"
                + "{\"path\": \"/b\", \"alias_domains\": [" + names("b", 40) + "]}]}";
        PipelineResult assembly = assemble(web("www.example.com").data(data));

        assertThat(AssemblyQueries.names(assembly).stream().distinct()).hasSize(101);
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("routes[2].alias_domains", "more than 100 names");
    }

    @Test
    void anAliasOfSeveralRoutesIsCountedOnce() {
        String data = "{\"alias_domains\": [" + names("all", 99) + "], \"routes\": ["
                + IntStream.range(0, 50)
                        .mapToObj(n -> "{\"path\": \"/" + n + "\"}")
                        .collect(Collectors.joining(","))
                + "]}";
        PipelineResult assembly = assemble(web("www.example.com").data(data));

        assertThat(AssemblyQueries.names(assembly).stream().distinct()).hasSize(100);
        assertThat(assembly.findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21})
    void aRouteHasTwentyConditionsInAll(int conditions) {
        String data = "{\"match_headers\": [" + names("X-A", 10) + "], \"match_query\": [" + names("q", conditions - 10)
                + "]}";
        PipelineResult assembly = assemble(web("www.example.com").data(data.replace(".example.com", "")));

        assertThat(AssemblyQueries.names(assembly)).hasSize(conditions == 20 ? 1 : 0);
    }

    @Test
    void aContainerHasTenExpressionsWithThoseOfItsRoutes() {
        String data = "{\"alias_domains\": [" + expressions("a", 6) + "], \"routes\": [{\"path\": \"/\"},"
                + "{\"path\": \"/b\", \"alias_domains\": [" + expressions("b", 6) + "]}]}";
        PipelineResult assembly = assemble(web("www.example.com").data(data));

        assertThat(AssemblyQueries.names(assembly).stream()
                        .filter(name -> name.startsWith("~"))
                        .distinct())
                .hasSize(10);
        assertThat(AssemblyQueries.names(assembly)).contains("www.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains("more than 10 regular expressions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"response_headers", "request_headers"})
    void theHeadersOfAContainerHaveALimitTogether(String field) {
        // 4 names of 3 characters and 4 values of 2,045.
        String most = "\"X-0: " + "v".repeat(2_045) + "\",\"X-1: " + "v".repeat(2_045) + "\",\"X-2: "
                + "v".repeat(2_045) + "\",\"X-3: " + "v".repeat(2_045) + "\"";

        assertThat(assemble(web("www.example.com").data("{\"" + field + "\": [" + most + "]}"))
                        .findings())
                .isEmpty();
        PipelineResult beyond = assemble(web("www.example.com").data("{\"" + field + "\": [" + most + ", \"X: y\"]}"));
        assertThat(beyond.topology().backends().getFirst().policies()).isEmpty();
        assertThat(AssemblyQueries.findings(beyond, Severity.IGNORED)).contains("8192");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 2_000})
    void dataIsNestedAtMostTwentyLevels(int levels) {
        String data = "{\"unknown\": " + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
        PipelineResult assembly = assemble(web("www.example.com").data(data), web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly))
                .hasSize(levels == 20 ? 2 : 1)
                .contains("other.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains(levels == 20 ? "" : "nesting depth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown_field_%d", "allow.%d"})
    void ofEachKindFiftyFindingsAreTold(String label) {
        ContainerFactsBuilder container = web("www.example.com");
        IntStream.range(0, 200).forEach(n -> container.label("interlock." + label.formatted(n), "x y"));

        assertThat(assemble(container).findings()).hasSizeBetween(1, 51);
    }

    private static String expressions(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "\"~^" + prefix + n + "[0-9]+[.]example[.]com$\"")
                .collect(Collectors.joining(","));
    }

    private static String names(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "\"" + prefix + n + ".example.com\"")
                .collect(Collectors.joining(","));
    }
}
