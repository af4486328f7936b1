package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.ContainerFilter;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A container may say that it is not to be served. */
@Tag("unit")
class EnableAssemblyTest {

    @ParameterizedTest
    @CsvSource({"enable, false", "enabled, false", "enable, ' false '"})
    void aLabelKeepsAContainerOutWithoutAProblem(String field, String value) {
        isQuietlyOut(web("www.example.com").label("interlock." + field, value));
        isQuietlyOut(web("www.example.com")
                .label("interlock." + field, value)
                .label("interlock.allow", "10.0.0.0/8")
                .label("interlock.routes.a.path", "/a"));
        isQuietlyOut(web("www.example.com").data("{\"enable\": true}").label("interlock." + field, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"enable\": false}",
                "{\"enable\": \"false\"}",
                "{\"enabled\": false}",
                "{\"enable\": false, \"mode\": \"tcp\", \"listen\": 5432}",
                "{\"enable\": false, \"routes\": [{\"path\": \"/a\"}, {\"path\": \"/b\"}]}"
            })
    void dataKeepAContainerOutWithoutAProblem(String data) {
        isQuietlyOut(web("www.example.com").data(data));
    }

    @Test
    void whatElseIsWrongWithAContainerThatIsOffIsNoProblemEither() {
        isQuietlyOut(web("www.example.com")
                .label("interlock.enable", "false")
                .label("interlock.allow", "")
                .label("interlock.prot", "80")
                .exposes());
    }

    @Test
    void whoSaysThatItIsToBeServedIsServedAsWithoutAWord() {
        for (ContainerFactsBuilder container : List.of(
                web("www.example.com").label("interlock.enable", "true"),
                web("www.example.com").data("{\"enable\": true}"),
                web("www.example.com").data("{\"enable\": false}").label("interlock.enable", "true"))) {
            PipelineResult assembly = assemble(container);

            assertThat(AssemblyQueries.names(assembly)).containsExactly("www.example.com");
            assertThat(assembly.findings()).isEmpty();
        }
    }

    @Test
    void whereTheDefaultIsOffItCountsAsAsking() {
        PipelineResult assembly = new TestPipeline(new ContainerPolicy(Optional.empty(), ContainerFilter.NONE, true))
                .assemble(
                        ContainerFactsBuilder.inventory(
                                new NetworkLocation.OnHost(),
                                web("a.example.com").label("interlock.enable", "true"),
                                web("b.example.com").data("{\"enable\": true}"),
                                web("c.example.com").label("interlock.enable", "false"),
                                web("d.example.com")),
                        ContainerFactsBuilder.admitting(Set.of()));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("a.example.com", "b.example.com");
        assertThat(assembly.findings()).extracting(Finding::severity).containsOnly(Severity.NOT_ADDRESSED);
    }

    @ParameterizedTest
    @CsvSource({
        "enable, no",
        "enable, off",
        "enable, 0",
        "enable, False",
        "enable, ''",
        "enbale, false",
        "Enable, false",
        "disable, true",
        "disabled, true",
        "ignore, true",
        "exclude, true",
        "enable.0, false",
        "routes.a.enable, false",
        "routes.a.enable, ''"
    })
    void whoProbablySaysItIsNotServedAndToldSo(String field, String value) {
        PipelineResult assembly =
                assemble(web("www.example.com").label("interlock." + field, value), web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT)).contains("interlock." + field, "enable");
    }

    private static void isQuietlyOut(ContainerFactsBuilder container) {
        PipelineResult assembly = assemble(container, web("other.example.com"));

        assertThat(AssemblyQueries.names(assembly)).containsExactly("other.example.com");
        assertThat(assembly.topology().tcpListeners()).isEmpty();
        assertThat(assembly.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.NOT_ADDRESSED);
            assertThat(finding.toString()).contains("enable", "false", "not served");
        });
    }
}
