package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.LabelPrefix;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.findings.Finding.Severity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels whose prefix is nearly {@code interlock.}. */
@Tag("unit")
class LabelPrefixAssemblyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Interlock.allow",
                "INTERLOCK.ALLOW",
                "interlock-allow",
                "interlock_allow",
                "interlock/allow",
                "interlock:allow",
                "interlock allow",
                " interlock.allow",
                "Interlock.routes.a.allow",
                "INTERLOCK_BASIC_AUTH",
                "interlock-ssl-only",
                "interlock_https_only",
                "interlock_rate_limit",
                "Interlock.alow.0",
                "interlok.allow",
                "interlocks.deny",
                "intrelock.max_body",
                "interlock_enable",
                "Interlock.enable",
                "interlock-match-headers"
            })
    void aProtectiveFieldBehindOneLeavesTheContainerOut(String label) {
        assertThat(LabelPrefix.isMisspelt(label)).isTrue();
        PipelineResult assembly = assemble(web("www.example.com").label(label, "hunter2"), web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains("label " + label.strip(), "did you mean label interlock.")
                .containsIgnoringCase("not served")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Interlock.port", "interlock_weight", "interlock-hostname"})
    void anyOtherFieldBehindOneIsIgnoredAndTold(String label) {
        PipelineResult assembly = assemble(web("www.example.com").label(label, "hunter2"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED))
                .contains("label " + label, "did you mean label interlock.", "ignored")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interlock",
                "interlockallow",
                "interlocking.allow",
                "overlock.allow",
                "allow",
                "org.example.interlock.team",
                "unlock.allow",
                "io.interlock.sample",
                "com.docker.compose.project",
                "traefik.http.middlewares.a.ipallowlist"
            })
    void otherPeoplesLabelsAreLeftAlone(String label) {
        assertThat(LabelPrefix.isMisspelt(label)).isFalse();
        assertThat(assemble(web("www.example.com").label(label, "x")).findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interlock_cluster", "interlock-maintainer", "Interlock.team"})
    void whatIsNoFieldBehindOneIsNoFinding(String label) {
        assertThat(assemble(web("www.example.com").label(label, "x")).findings())
                .isEmpty();
    }

    @Test
    void aVeryLongLabelIsNotComparedWithThePrefix() {
        assertThat(LabelPrefix.isMisspelt("interlok." + "a".repeat(100))).isTrue();
        assertThat(LabelPrefix.isMisspelt("interlok." + "a".repeat(10_000_000))).isFalse();
    }
}
