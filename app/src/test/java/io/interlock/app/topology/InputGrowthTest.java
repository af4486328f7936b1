package io.interlock.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.ContainerFacts;
import io.interlock.app.inventory.InventorySnapshot;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.testsupport.process.WorkGrowth;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that what containers say costs no more than in proportion to its length, within and beyond the limits. */
@Tag("unit")
@ResourceLock(Resources.GLOBAL)
class InputGrowthTest {

    private static Arguments labels(String name, int most) {
        return inputs("labels " + name, most / 4, (container, size) -> {
            IntStream.range(0, size).forEach(i -> container.label(name.replace("%d", Integer.toString(i)), "a" + i));
            return container;
        });
    }

    /** The data with a repeated part, at most as long as a document may be. */
    private static Arguments data(String before, String part, String after, int most) {
        return inputs(
                "data " + before + part + after,
                most / 4,
                (container, size) -> container.data(before
                        + IntStream.range(0, size)
                                .mapToObj(i -> part.replace("%d", Integer.toString(i)))
                                .collect(Collectors.joining(","))
                        + after));
    }

    private static Arguments list(String field, String element, int most) {
        return data("{\"" + field + "\": [", "\"" + element + "\"", "]}", most);
    }

    private static Arguments value(String label, String part, int most) {
        return inputs(
                "a value of " + label,
                most / 4,
                (container, size) -> container.label(
                        label,
                        IntStream.range(0, size)
                                .mapToObj(i -> part.replace("%d", Integer.toString(i)))
                                .collect(Collectors.joining())));
    }

    private static Arguments inputs(
            String name, int size, BiFunction<ContainerFactsBuilder, Integer, ContainerFactsBuilder> input) {
        return Arguments.of(name, size, (IntFunction<List<ContainerFactsBuilder>>)
                count -> List.of(input.apply(ContainerFactsBuilder.web("www.example.com"), count)));
    }

    private static Arguments containers(String name, int most, IntFunction<ContainerFactsBuilder> container) {
        return Arguments.of("containers " + name, most / 4, (IntFunction<List<ContainerFactsBuilder>>)
                count -> IntStream.range(0, count).mapToObj(container).toList());
    }

    private static ContainerFactsBuilder container(int number) {
        return ContainerFactsBuilder.named("c" + number)
                .hostname("c" + number + ".example.com")
                .exposes(80)
                .createdAfter(number);
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                        Stream.of(
                                labels("interlock.unknown_field_%d", 4_800),
                                labels("interlock.basic_aut_%d", 4_800),
                                labels("interlock.allow.%d", 4_800),
                                labels("interlock.alias_domains.%d", 4_800),
                                labels("interlock.routes.a.alias_domains.%d", 4_800),
                                labels("interlock.routes.a.unknown_%d", 4_800),
                                labels("interlok.allow%d", 4_800),
                                labels("interlock.routes.r%d.path", 16_000),
                                labels("interlock.unknown_field_%d.", 16_000),
                                labels("com.example.label%d", 16_000)),
                        Stream.of(
                                value("interlock.alias_domains", "a%d.example.com,", 4_000),
                                value("interlock.allow", "10.0.%d.0/24,", 4_000),
                                value("interlock.allow", ",", 100_000),
                                value("interlock.alias_domains", "~^(a|%d)+$,", 4_000),
                                value("interlock.alias_domains", "a.", 100_000),
                                value("interlock.path", "/a%d/..", 20_000),
                                value("interlock.path", "%41", 20_000),
                                value("interlock.check", "httpchk GET / ", 20_000),
                                value("interlock.hsts", "max-age=%d; ", 20_000),
                                value("interlock.rate_limit", "1", 100_000),
                                value("interlock.release", "1", 100_000),
                                value("interlock.basic_auth", "u%d:$5$abc$x,", 8_000),
                                value("interlock.response_headers", "X-%d: y,", 8_000)),
                        Stream.of(
                                list("alias_domains", "a%d.example.com", 3_200),
                                list("alias_domains", "a.example.com", 3_200),
                                list("alias_domains", "~^a%d[0-9]+$", 3_200),
                                list("match_headers", "X-A%d: b", 4_000),
                                list("match_query", "a%d", 4_000),
                                list("match_clients", "10.0.0.%d/32", 2_400),
                                list("redirects", "/a%d /b%d", 4_000),
                                list("request_headers", "X-A%d: b", 4_000),
                                list("backend_options", "http-no-delay", 2_400),
                                list("cors_origins", "http://a%d", 3_200),
                                data("{", "\"unknown_%d\": 1", "}", 3_200),
                                data("{", "\"basic_aut_%d\": 1", "}", 3_200),
                                data("{\"routes\": [", "{\"path\": \"/%d\"}", "]}", 3_200),
                                data("{\"routes\": [", "{}", "]}", 16_000),
                                data("{\"x\": [", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]", "]}", 1_600),
                                data("{\"hostname\": [", "[{\"allow\": 1}]", "]}", 4_000)),
                        Stream.of(
                                containers("of different names", 1_600, InputGrowthTest::container),
                                containers(
                                        "of one name", 4_000, i -> container(i).hostname("www.example.com")),
                                containers(
                                        "of one name and different projects",
                                        1_200,
                                        i -> container(i)
                                                .hostname("www.example.com")
                                                .project("p" + i)),
                                containers(
                                        "of one name with different settings",
                                        1_200,
                                        i -> container(i)
                                                .hostname("www.example.com")
                                                .label("interlock.rate_limit", (1 + i) + "/s")),
                                containers(
                                        "of one name with different releases",
                                        1_200,
                                        i -> container(i)
                                                .hostname("www.example.com")
                                                .label("interlock.release", Integer.toString(i))),
                                containers(
                                        "of one name and different paths",
                                        1_200,
                                        i -> container(i)
                                                .hostname("www.example.com")
                                                .label("interlock.path", "/p" + i)),
                                containers(
                                        "with wildcards",
                                        1_200,
                                        i -> container(i).label("interlock.alias_domains", "*.w" + i + ".example.com")),
                                containers(
                                        "with more expressions than there may be",
                                        1_200,
                                        i -> container(i).label("interlock.alias_domains", "~^x" + i + "[0-9]+$")),
                                containers(
                                        "with more hashes than there may be",
                                        1_200,
                                        i -> container(i)
                                                .label("interlock.basic_auth", "u" + i + ":$5$abc$" + "x".repeat(43))),
                                containers(
                                        "that share names in pairs",
                                        1_200,
                                        i -> container(i)
                                                .label(
                                                        "interlock.alias_domains",
                                                        "a" + i + ".example.org,a" + (i + 1) + ".example.org"))))
                .flatMap(kinds -> kinds);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void fourTimesTheInputIsNoMoreThanALittleOverFourTimesTheWork(
            String name, int size, IntFunction<List<ContainerFactsBuilder>> containers) throws Exception {
        WorkGrowth growth = WorkGrowth.of(count -> assembly(containers.apply(count)), size);

        assertThat(growth.isLessThanQuadratic()).as("%s: %s", name, growth).isTrue();
    }

    private static Callable<?> assembly(List<ContainerFactsBuilder> containers) {
        List<ContainerFacts> facts =
                containers.stream().map(ContainerFactsBuilder::facts).toList();
        InventorySnapshot inventory = ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), facts);
        return () -> new TestPipeline().assemble(inventory, target -> true);
    }
}
