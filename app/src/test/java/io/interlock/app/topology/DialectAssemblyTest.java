package io.interlock.app.topology;

import static io.interlock.app.topology.AssemblyQueries.findings;
import static io.interlock.app.topology.AssemblyQueries.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.dialect.DialectField;
import io.interlock.api.dialect.DialectFinding;
import io.interlock.api.dialect.DialectFinding.Effect;
import io.interlock.api.dialect.DialectInput;
import io.interlock.api.dialect.DialectSources;
import io.interlock.api.dialect.DialectTranslation;
import io.interlock.api.dialect.LabelDialect;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ownership.ImageLabelMode;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.dialect.DialectSet;
import io.interlock.app.dialect.NamedDialect;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dialects say passes the same checks as what containers say in Interlock's own fields. */
@Tag("unit")
class DialectAssemblyTest {

    /** Label {@code demo.FIELD} is a field, {@code demo.ROUTE/FIELD} that of a route, {@code demo.!EFFECT} a finding. */
    private static final LabelDialect DEMO = dialect(input -> {
        Map<String, DialectField> fields = new TreeMap<>();
        Map<String, Map<String, DialectField>> routes = new TreeMap<>();
        List<DialectFinding> found = new ArrayList<>();
        Stream.of(input.labels(), input.environment())
                .forEach(texts -> texts.forEach((label, value) -> {
                    String key = label.substring("demo.".length());
                    DialectField field = DialectField.of(label, Arrays.asList(value.split("\\|")));
                    if (key.startsWith("!")) {
                        found.add(new DialectFinding(
                                Effect.valueOf(key.substring(1)), label, value, "means\nsomething else", "do it"));
                    } else if (key.contains("/")) {
                        routes.computeIfAbsent(key.substring(0, key.indexOf('/')), any -> new TreeMap<>())
                                .put(key.substring(key.indexOf('/') + 1), field);
                    } else {
                        fields.put(key, field);
                    }
                }));
        return new DialectTranslation(fields, routes, found);
    });

    @Test
    void aContainerIsServedAsItsLabelsForAnotherProxySay() {
        assertThat(AssemblyQueries.summary(assemble(web().label("demo.hostname", "a.example.com"))))
                .isEqualTo("{a.example.com=[172.17.0.2:8080]}");
        assertThat(AssemblyQueries.summary(assemble(web().variable("demo.hostname", "a.example.com"))))
                .isEqualTo("{a.example.com=[172.17.0.2:8080]}");
    }

    @Test
    void withoutTheDialectTheLabelsSayNothing() {
        PipelineResult assembly = run(ContainerPolicy.DEFAULT, web().label("demo.hostname", "a.example.com"));

        assertThat(names(assembly)).isEmpty();
        assertThat(assembly.findings()).extracting(Finding::severity).containsExactly(Severity.NOT_ADDRESSED);
    }

    @Test
    void aFieldOfTheContainerItselfWinsAlsoOverThatOfARoute() {
        PipelineResult assembly = assemble(web().label("demo.hostname", "a.example.com")
                .label("demo.port", "81")
                .label("demo.r/path", "/api")
                .label("demo.r/weight", "3")
                .label("demo.r/port", "82")
                .label("interlock.port", "9000"));

        assertThat(AssemblyQueries.summary(assembly)).isEqualTo("{a.example.com=[172.17.0.2:9000]}");
    }

    @Test
    void aFieldOfItsOwnRouteWinsAndItsOtherRoutesStay() {
        PipelineResult assembly = assemble(web().label("demo.hostname", "a.example.com")
                .label("demo.r/path", "/api")
                .label("demo.r/port", "82")
                .label("demo.s/path", "/s")
                .label("interlock.routes.r.port", "9000")
                .label("interlock.routes.t.port", "9001"));

        assertThat(assembly.topology().virtualHosts().getFirst().routes()).hasSize(3);
        assertThat(assembly.topology().backends())
                .flatExtracting(backend ->
                        backend.servers().stream().map(server -> server.port()).toList())
                .containsExactlyInAnyOrder(9000, 8080, 9001);
    }

    @Test
    void ofSeveralDialectsTheFirstThatGivesAFieldDecides() {
        NamedDialect first = named("first", dialect(any -> fields(Map.of("hostname", "a.example.com"))));
        NamedDialect second =
                named("second", dialect(any -> fields(Map.of("hostname", "b.example.com", "port", "7000"))));

        assertThat(AssemblyQueries.summary(run(policy(first, second), web().label("demo.x", ""))))
                .isEqualTo("{a.example.com=[172.17.0.2:7000]}");
    }

    @Test
    void aWrongValueHasTheSameEffectAsInAnOwnLabelAndNamesTheLabel() {
        PipelineResult wrong =
                assemble(web().label("demo.hostname", "a.example.com").label("demo.allow", "nonsense"));

        assertThat(names(wrong)).isEmpty();
        assertThat(findings(wrong, Severity.LEFT_OUT)).contains("label demo.allow as allow", "nonsense", "not served");
        assertThat(names(assemble(web().label("demo.hostname", "a.example.com").label("demo.balance", "nonsense"))))
                .containsExactly("a.example.com");
    }

    @Test
    void anEmptyProtectionLeavesTheContainerOut() {
        assertThat(names(assemble(web().label("demo.hostname", "a.example.com").label("demo.allow", ""))))
                .isEmpty();
        assertThat(names(assemble(web().label("demo.hostname", "a.example.com").label("demo.basic_auth", " "))))
                .isEmpty();
    }

    @Test
    void aSecretIsNotShown() {
        PipelineResult wrong =
                assemble(web().label("demo.hostname", "a.example.com").label("demo.basic_auth", "alice:geheim"));

        assertThat(names(wrong)).isEmpty();
        assertThat(wrong.findings().toString()).doesNotContain("geheim");
    }

    @Test
    void aFieldOrARouteThatDoesNotExistLeavesTheContainerOut() {
        assertThat(names(assemble(web().label("demo.hostname", "a.example.com").label("demo.allwo", "x"))))
                .isEmpty();
        assertThat(names(assemble(web().label("demo.hostname", "a.example.com").label("demo.a b/port", "80"))))
                .isEmpty();
    }

    @Test
    void aFindingHasTheEffectThatItNames() {
        ContainerFactsBuilder served = web().label("demo.hostname", "a.example.com");
        PipelineResult differs = assemble(served.label("demo.!DIFFERS", "v"));
        assertThat(names(differs)).containsExactly("a.example.com");
        assertThat(findings(differs, Severity.CHOICE))
                .contains("label demo.!DIFFERS=v: means")
                .contains("do it");
        PipelineResult lost =
                assemble(web().label("demo.hostname", "a.example.com").label("demo.!LOST", "v"));
        assertThat(names(lost)).containsExactly("a.example.com");
        assertThat(findings(lost, Severity.IGNORED)).contains("ignored");
        PipelineResult closed =
                assemble(web().label("demo.hostname", "a.example.com").label("demo.!CLOSED", "v"));
        assertThat(findings(closed, Severity.IGNORED)).contains("403");
        assertThat(names(assemble(web().label("demo.hostname", "a.example.com").label("demo.!LEFT_OUT", "v"))))
                .isEmpty();
    }

    @Test
    void ofAContainerThatADialectLeavesOutOnlyTheReasonIsSaid() {
        PipelineResult assembly = assemble(web().label("demo.!LEFT_OUT", "v"));

        assertThat(assembly.findings()).extracting(Finding::field).containsExactly("label demo.!LEFT_OUT");
        assertThat(assemble(web().label("demo.!LEFT_OUT", "v").label("interlock.port", "nonsense"))
                        .findings())
                .extracting(Finding::field)
                .contains("label demo.!LEFT_OUT", "label interlock.port");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0/0|::/0", "::/0|0.0.0.0/0", "10.0.0.0/8|::/0", "0.0.0.0/0"})
    void whatALaterDialectClosesAnEarlierOneDoesNotOpen(String everybody) {
        NamedDialect first =
                named("first", dialect(any -> fields(Map.of("hostname", "a.example.com", "deny", "192.0.2.0/24"))));
        NamedDialect second = named(
                "second",
                dialect(any -> new DialectTranslation(
                        Map.of("deny", DialectField.of("demo.x", Arrays.asList(everybody.split("\\|")))),
                        Map.of(),
                        List.of())));

        assertThat(run(policy(first, second), web().label("demo.x", ""))
                        .topology()
                        .backends())
                .flatExtracting(Backend::policies)
                .anySatisfy(closed -> assertThat(closed.toString()).contains("/0"));
    }

    @Test
    void aProtectionOutlivesTheHostNameOfItsImage() {
        ContainerFactsBuilder closed = web().label("interlock.hostname", "a.example.com")
                .label("demo.hostname", "b.example.com")
                .label("demo.allow", "192.0.2.1")
                .ofImage("demo.hostname");
        ContainerFactsBuilder routes = web().label("interlock.hostname", "a.example.com")
                .label("demo.r/path", "/admin")
                .label("demo.r/allow", "192.0.2.1")
                .ofImage("demo.r/path");

        PipelineResult served = run(images(ImageLabelMode.SAFE), closed);
        assertThat(names(served)).containsExactly("a.example.com");
        assertThat(served.topology().backends())
                .allSatisfy(backend ->
                        assertThat(backend.policies()).hasAtLeastOneElementOfType(BackendPolicy.AllowedClients.class));
        PipelineResult leftOut = run(images(ImageLabelMode.SAFE), routes);
        assertThat(names(leftOut)).isEmpty();
        assertThat(findings(leftOut, Severity.LEFT_OUT)).contains("label demo.r/allow as allow");
    }

    @Test
    void aRouteCanBeClosedForAll() {
        PipelineResult assembly = assemble(web().label("demo.hostname", "a.example.com")
                .label("demo.r/path", "/")
                .label("demo.s/path", "/admin")
                .label("demo.s/deny", "0.0.0.0/0|::/0"));

        assertThat(assembly.topology().backends())
                .anySatisfy(backend ->
                        assertThat(backend.policies()).hasAtLeastOneElementOfType(BackendPolicy.DeniedClients.class));
    }

    @Test
    void aDenyOfTheContainerItselfDoesNotOpenARouteThatADialectCloses() {
        ContainerFactsBuilder closed = web().label("demo.hostname", "a.example.com")
                .label("demo.deny", "0.0.0.0/0|::/0")
                .label("interlock.deny", "10.0.0.1");

        assertThat(names(assemble(closed))).isEmpty();
        assertThat(findings(assemble(closed), Severity.LEFT_OUT)).contains("label demo.deny", "closes a route");
        assertThat(names(assemble(web().label("demo.hostname", "a.example.com")
                        .label("demo.r/path", "/admin")
                        .label("demo.r/deny", "0.0.0.0/0|::/0")
                        .label("interlock.routes.r.deny", "10.0.0.1"))))
                .isEmpty();
        assertThat(names(assemble(web().label("demo.hostname", "a.example.com")
                        .label("demo.deny", "10.0.0.2")
                        .label("interlock.deny", "10.0.0.1"))))
                .containsExactly("a.example.com");
    }

    @ParameterizedTest
    @CsvSource({"5000, 0", "2500, 2500", "0, 5000"})
    void aContainerWithAsManyLabelsAndVariablesAsAllowedIsServed(int labels, int variables) {
        PipelineResult assembly = run(
                policy(named("all", dialect(any -> fields(Map.of("hostname", "a.example.com"))))),
                many(labels, variables));

        assertThat(names(assembly)).containsExactly("a.example.com");
    }

    @ParameterizedTest
    @CsvSource({"5001, 0", "2501, 2500", "1, 5000", "0, 5001", "20000, 0"})
    void aContainerWithMoreLabelsAndVariablesThanAllowedIsNotServedAndNoDialectReadsThem(int labels, int variables) {
        AtomicInteger calls = new AtomicInteger();
        NamedDialect counting = named("counting", dialect(any -> {
            calls.incrementAndGet();
            return fields(Map.of("hostname", "a.example.com"));
        }));

        PipelineResult assembly = run(
                policy(counting),
                many(labels, variables),
                ContainerFactsBuilder.named("other")
                        .hostname("other.example.net")
                        .exposes(80));

        assertThat(names(assembly)).containsExactly("other.example.net");
        assertThat(findings(assembly, Severity.LEFT_OUT))
                .contains(Integer.toString(labels + variables), "at most 5000 labels and variables");
        assertThat(calls).hasValue(0);
    }

    private static ContainerFactsBuilder many(int labels, int variables) {
        ContainerFactsBuilder container = web();
        IntStream.range(0, labels).forEach(i -> container.label("demo.label" + i, "v"));
        IntStream.range(0, variables).forEach(i -> container.variable("demo.variable" + i, "v"));
        return container;
    }

    @Test
    void aContainerThatADialectSwitchesOffIsOffUnlessItHasDataOfItsOwn() {
        assertThat(names(assemble(web().hostname("w.example.com").label("demo.enable", "false"))))
                .isEmpty();
        assertThat(names(assemble(web().hostname("w.example.com")
                        .label("demo.enable", "false")
                        .label("interlock.port", "8080"))))
                .containsExactly("w.example.com");
    }

    @Test
    void labelsOfAnImageAskForNoRequestsIfTheOperatorDoesNotWantThat() {
        ContainerFactsBuilder ofImage = web().label("demo.r/hostname", "a.example.com")
                .label("demo.r/port", "80")
                .ofImage("demo.r/hostname", "demo.r/port");

        assertThat(names(run(images(ImageLabelMode.SAFE), ofImage))).isEmpty();
        assertThat(names(run(images(ImageLabelMode.NONE), ofImage))).isEmpty();
        assertThat(names(run(images(ImageLabelMode.ALL), ofImage))).containsExactly("a.example.com");
        assertThat(names(run(
                        images(ImageLabelMode.NONE),
                        web().label("demo.hostname", "a.example.com")
                                .label("demo.allow", "10.0.0.0/8")
                                .ofImage("demo.allow"))))
                .isEmpty();
        assertThat(names(run(
                        images(ImageLabelMode.NONE),
                        web().variable("demo.hostname", "a.example.com").ofImage("demo.hostname"))))
                .isEmpty();
    }

    @Test
    void aContainerWithUnknownImageIsLeftOutIfThatMatters() {
        assertThat(names(run(
                        images(ImageLabelMode.SAFE),
                        web().label("demo.hostname", "a.example.com").ofUnknownImage())))
                .isEmpty();
    }

    @Test
    void aContainerWithMoreRoutesThanAllowedIsLeftOut() {
        ContainerFactsBuilder many = web().label("demo.hostname", "a.example.com");
        for (int i = 0; i <= 50; i++) {
            many.label("demo.r" + i + "/path", "/p" + i);
        }

        assertThat(names(assemble(many))).isEmpty();
    }

    @Test
    void whateverADialectSaysOtherContainersAreServed() {
        long seed = RandomGenerator.getDefault().nextLong();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> keys = List.of("hostname", "port", "allow", "routes", "path", "basic_auth", "x", "", "default");
        List<String> values =
                List.of("a.example.com", "", "\n", "~^(", "*", "80", "\u0000", "{}", "-1", "b".repeat(9_000));
        for (int i = 0; i < 300; i++) {
            Map<String, DialectField> fields = new TreeMap<>();
            Map<String, Map<String, DialectField>> routes = new TreeMap<>();
            for (int j = random.nextInt(5); j > 0; j--) {
                DialectField field = DialectField.of(
                        "demo.x",
                        List.of(any(values, random), any(values, random)).subList(0, random.nextInt(3)));
                fields.put(any(keys, random), field);
                routes.computeIfAbsent(any(values, random), name -> new TreeMap<>())
                        .put(any(keys, random), field);
            }
            NamedDialect hostile = named("hostile", dialect(any -> new DialectTranslation(fields, routes, List.of())));

            PipelineResult assembly = run(
                    policy(hostile),
                    web().label("demo.x", "y"),
                    ContainerFactsBuilder.named("other")
                            .hostname("other.example.net")
                            .exposes(80));

            assertThat(names(assembly)).as("seed %d, round %d", seed, i).contains("other.example.net");
        }
    }

    private static String any(List<String> texts, RandomGenerator random) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static ContainerFactsBuilder web() {
        return ContainerFactsBuilder.named("web").exposes(8080);
    }

    private static PipelineResult assemble(ContainerFactsBuilder container) {
        return run(policy(named("demo", DEMO)), container);
    }

    private static PipelineResult run(ContainerPolicy policy, ContainerFactsBuilder... containers) {
        return new TestPipeline(policy)
                .assemble(ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), containers), target -> true);
    }

    private static ContainerPolicy images(ImageLabelMode mode) {
        OwnershipConfig usual = OwnershipConfig.DEFAULT;
        return policy(named("demo", DEMO)).with(new OwnershipConfig(usual.rules(), usual.nameHold(), mode));
    }

    private static ContainerPolicy policy(NamedDialect... dialects) {
        return new ContainerPolicy(Optional.empty()).with(new DialectSet(List.of(dialects)));
    }

    private static NamedDialect named(String name, LabelDialect dialect) {
        return new NamedDialect(name, dialect.sources(), dialect);
    }

    private static DialectTranslation fields(Map<String, String> values) {
        Map<String, DialectField> fields = new TreeMap<>();
        values.forEach((field, value) -> fields.put(field, DialectField.of("demo.x", value)));
        return new DialectTranslation(fields, Map.of(), List.of());
    }

    private static LabelDialect dialect(Function<DialectInput, DialectTranslation> translation) {
        return new LabelDialect() {
            @Override
            public DialectSources sources() {
                return new DialectSources(Set.of("demo."), Set.of("demo."), false);
            }

            @Override
            public DialectTranslation translate(DialectInput container) {
                return translation.apply(container);
            }
        };
    }
}
