package io.interlock.app.topology.field;

import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that the statements of each entry in the table of container fields are true. */
@Tag("unit")
class FieldTableTest {

    private static final List<String> HOSTILE = List.of(
            "true",
            "false",
            "-1",
            "0",
            "1.5",
            "1e999",
            "99999999999999999999",
            "{}",
            "{\"a\": [1]}",
            "[[[]]]",
            "[1, null, {}]",
            "[\"a\\nserver evil 1.2.3.4:80\"]",
            "\"a\\nserver evil 1.2.3.4:80\"",
            "\"%[env(HOME)]evil\"",
            "\"'evil\\\"\\\\#`id`$(evil)\"",
            "\"\\u0000evil\"",
            "\"\\u202eevil\"",
            "\"" + "evil".repeat(5_000) + "\"");

    private static PipelineResult assemble(String data) {
        return new TestPipeline(new ContainerPolicy(Optional.of(new ContainerPolicy.PortRange(1, 65_535))))
                .assemble(
                        ContainerFactsBuilder.inventory(
                                new NetworkLocation.OnHost(),
                                web("www.example.com").data(data)),
                        ContainerFactsBuilder.admitting(Set.of()));
    }

    @ParameterizedTest
    @EnumSource
    void theExampleIsUnderstood(ContainerField field) {
        PipelineResult assembly = assemble(new ContainerExample(field).data());

        assertThat(assembly.findings()).allMatch(finding -> finding.severity() == Severity.WAITING);
    }

    @ParameterizedTest
    @EnumSource
    void theExampleIsOfThePolicyThatTheEntryNames(ContainerField field) {
        if (field.policy().isEmpty()
                || field == ContainerField.STRIP_PATH
                || field == ContainerField.REDIRECT_ALIASES) {
            return;
        }
        Class<? extends BackendPolicy> type = field.policy().get().type();

        Backend backend = assemble(new ContainerExample(field).data())
                .topology()
                .backends()
                .getFirst();
        assertThat(Stream.concat(
                        backend.policies().stream(),
                        backend.servers().stream().flatMap(server -> server.policies().stream())))
                .hasAtLeastOneElementOfType(type);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberIsUnderstoodWithinItsBoundsOnly(ContainerField field) {
        if (!(field.form() instanceof ValueForm.WholeNumber range)) {
            return;
        }
        for (int number : List.of(range.least(), range.most())) {
            assertThat(assemble(new ContainerExample(field).data(Integer.toString(number)))
                            .findings())
                    .as("%s", number)
                    .noneMatch(finding -> finding.field().endsWith("." + field.key())
                            && (finding.message().contains("expected")
                                    || finding.message().contains(" is ")));
        }
        for (long number : List.of(range.least() - 1L, range.most() + 1L)) {
            consequence(
                    field, assemble(new ContainerExample(field).data(Long.toString(number))), Long.toString(number));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListIsUnderstoodUpToItsLengthOnly(ContainerField field) {
        if (!(field.form() instanceof ValueForm.Elements list)) {
            return;
        }
        if (field == ContainerField.ALIAS_DOMAINS) {
            // Its limit is the operator's, for all routes together.
            return;
        }
        ContainerExample example = new ContainerExample(field);

        consequence(field, assemble(example.data(elements(field, list.most() + 1))), "one more");
        assertThat(assemble(example.data(elements(field, list.most()))).findings())
                .noneMatch(finding -> finding.message().contains("at most " + list.most()));
    }

    /** A list of different elements where equal ones count once. */
    private static String elements(ContainerField field, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> switch (field) {
                    case MATCH_HEADERS, CHECK_HEADERS -> "X-A" + i + ": b";
                    case FORWARD_AUTH_RESPONSE_HEADERS, FORWARD_AUTH_REQUEST_HEADERS -> "X-A" + i;
                    case MATCH_COOKIES, MATCH_QUERY -> "a" + i + "=b";
                    case MATCH_PATHS -> "/" + i;
                    case MATCH_METHODS -> "M" + (char) ('A' + i);
                    default -> new ContainerExample(field).element();
                })
                .collect(Collectors.joining("\", \"", "[\"", "\"]"));
    }

    @ParameterizedTest
    @EnumSource
    void aValueThatCannotBeUnderstoodHasTheConsequenceOfTheEntry(ContainerField field) {
        for (String value : List.of("{}", "{\"a\": [1]}", "1.5")) {
            consequence(field, assemble(new ContainerExample(field).data(value)), value);
        }
    }

    private static void consequence(ContainerField field, PipelineResult assembly, String value) {
        assertThat(assembly.findings())
                .as(value)
                .anyMatch(finding -> finding.field().startsWith("INTERLOCK_DATA." + field.key())
                        && finding.severity()
                                == (field.wrongValue().leavesOut() ? Severity.LEFT_OUT : Severity.IGNORED));
        assertThat(assembly.topology().backends())
                .as(value)
                .hasSize(field.wrongValue().leavesOut() ? 0 : 1);
    }

    @ParameterizedTest
    @EnumSource
    void hostileValuesHarmNobodyAndSecretsAreNotShown(ContainerField field) {
        for (String value : HOSTILE) {
            PipelineResult assembly = assemble(new ContainerExample(field).data(value));

            assertThat(assembly.topology().virtualHosts().toString()
                            + assembly.topology().tcpListeners())
                    .as(value)
                    .doesNotContain("evil ", "\n", "\u0000");
            assertThat(assembly.findings()).allSatisfy(finding -> {
                assertThat(finding.toString())
                        .doesNotContain("\n", "\u0000", "\u202e")
                        .hasSizeLessThan(900);
                if (field.isSecret()) {
                    assertThat(finding.value()).isIn("…", "www.example.com", "");
                }
            });
        }
    }

    @Test
    void noNameOrSynonymMeansTwoFields() {
        Set<String> names = new HashSet<>();

        assertThat(Arrays.stream(ContainerField.values())
                        .flatMap(field -> Stream.concat(field.names().stream(), field.synonyms().stream())))
                .allMatch(names::add);
    }

    @Test
    void everyKindOfPolicyHasOnePlaceInTheOrder() {
        assertThat(PolicyKind.all().stream().map(PolicyKind::type).toList())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(policies());
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends BackendPolicy>[] policies() {
        return (Class<? extends BackendPolicy>[]) BackendPolicy.class.getPermittedSubclasses();
    }
}
