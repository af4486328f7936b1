package io.interlock.app.topology.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.AssemblyQueries;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class ImageLabelsTest {

    @ParameterizedTest
    @CsvSource({"all, true", "safe, false", "none, false"})
    void anImageGetsANameOnlyWhereAllItsLabelsCount(String mode, boolean served) {
        PipelineResult assembly = assemble(
                mode,
                ContainerFactsBuilder.named("a")
                        .exposes(80)
                        .label("interlock.hostname", "shop.example.com")
                        .ofImage("interlock.hostname"));

        assertThat(AssemblyQueries.names(assembly)).hasSize(served ? 1 : 0);
        assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED).contains("comes from the image"))
                .isEqualTo(!served);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interlock.hostname=x.example.com",
                "interlock.alias_domains=x.example.com",
                "interlock.alias_domains.1=x.example.com",
                "interlock.domain=example.net",
                "interlock.default=true",
                "interlock.release=99",
                "interlock.priority=99",
                "interlock.weight=200",
                "interlock.backup=true",
                "interlock.path=/login",
                "interlock.redirects=/ https://evil.example.com/",
                "interlock.routes.a.path=/login",
                "interlock.response_headers=Set-Cookie: a=b",
                "interlock.tls=acme",
                "interlock.backend_options=httpclose"
            })
    void whatAsksForRequestsNeverCountsFromAnImage(String label) {
        String[] parts = label.split("=", 2);
        for (String mode : new String[] {"safe", "none"}) {
            PipelineResult plain = assemble(mode, web());
            PipelineResult assembly =
                    assemble(mode, web().label(parts[0], parts[1]).ofImage(parts[0]));

            assertThat(assembly.topology()).isEqualTo(plain.topology());
            assertThat(AssemblyQueries.findings(assembly, Severity.IGNORED)).contains(parts[0], "comes from the image");
        }
    }

    @Test
    void theInsideOfAContainerIsTheImagesMatterUnlessNothingCounts() {
        ContainerFactsBuilder container = web().exposes(80, 81)
                .label("interlock.port", "81")
                .label("interlock.check", "httpchk GET /health")
                .label("interlock.weight", "7")
                .ofImage("interlock.port", "interlock.check");

        assertThat(AssemblyQueries.onlyServer(assemble("safe", container)).port())
                .isEqualTo(81);
        assertThat(AssemblyQueries.onlyServer(assemble("none", container)).port())
                .isEqualTo(80);
        assertThat(AssemblyQueries.onlyServer(assemble("none", container)).weight())
                .isEqualTo(7);
    }

    @Test
    void aContainerIsNotServedWithoutTheProtectionOfItsImage() {
        ContainerFactsBuilder container =
                web().label("interlock.allow", "10.0.0.0/8").ofImage("interlock.allow");

        assertThat(assemble("safe", container).topology().backends())
                .singleElement()
                .satisfies(backend -> assertThat(backend.policies()).hasSize(1));
        assertThat(assemble("none", container).topology().backends()).isEmpty();
    }

    @Test
    void dataOfTheImageIsTreatedAsItsLabels() {
        PipelineResult assembly = assemble(
                "safe",
                web().exposes(80, 81)
                        .data("{\"port\": 81, \"alias_domains\": [\"x.example.com\"], \"routes\": [{\"path\":"
                                + " \"/x\"}]}")
                        .ofImage("INTERLOCK_DATA"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
        assertThat(AssemblyQueries.onlyServer(assembly).port()).isEqualTo(81);
    }

    @Test
    void whereNobodyKnowsWhatTheImageBringsTheContainerIsLeftOut() {
        PipelineResult assembly = assemble(
                "safe", web().label("interlock.hostname", "x.example.com").ofUnknownImage());

        assertThat(assembly.topology().backends()).isEmpty();
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("GET /images/ID/json");
        assertThat(assemble("safe", web().ofUnknownImage()).topology().backends())
                .hasSize(1);
    }

    @Test
    void aLabelOfAnImageIsNoWishToBeServed() {
        for (String mode : new String[] {"safe", "none"}) {
            PipelineResult assembly = assemble(
                    mode + "\", \"default\": \"off",
                    web().label("interlock.port", "80").ofImage("interlock.port"));

            assertThat(assembly.topology().backends()).isEmpty();
        }
    }

    @Test
    void anImageMakesNoContainerOneOfAnotherProject() {
        for (String label : new String[] {"com.docker.compose.project", "com.docker.stack.namespace"}) {
            PipelineResult assembly =
                    assemble("safe", web().label(label, "shop").ofImage(label));

            assertThat(assembly.holders().toString()).contains("nobody in particular");
        }
    }

    private static ContainerFactsBuilder web() {
        return ContainerFactsBuilder.web("www.example.com");
    }

    private static PipelineResult assemble(String mode, ContainerFactsBuilder container) {
        return new TestPipeline(RulesFixture.policy("", ", \"image_labels\": \"" + mode + "\""))
                .assemble(
                        ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), container),
                        ContainerFactsBuilder.admitting(Set.of()));
    }
}
