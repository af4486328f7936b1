package io.interlock.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.ContainerPolicy.ContainerFilter;
import io.interlock.app.config.ContainerPolicy.LabelFilter;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.findings.Finding.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests which containers are considered at all. */
@Tag("unit")
class ContainerFilterTest {

    private final ContainerFactsBuilder ours = web("prod-web", "a.example.com").label("team", "web");
    private final ContainerFactsBuilder theirs = web("prod-db", "b.example.com").label("team", "data");
    private final ContainerFactsBuilder test = web("test-web", "c.example.com");

    @Test
    void withoutAFilterAllAre() {
        assertThat(served(ContainerPolicy.DEFAULT)).containsExactly("a.example.com", "b.example.com", "c.example.com");
    }

    @Test
    void aLabelWithOrWithoutAValueIsAskedFor() {
        assertThat(served(filter(Optional.of(new LabelFilter("team", Optional.of("web"))), Optional.empty())))
                .containsExactly("a.example.com");
        assertThat(served(filter(Optional.of(new LabelFilter("team", Optional.empty())), Optional.empty())))
                .containsExactly("a.example.com", "b.example.com");
    }

    @Test
    void aNameIsAskedForByItsBeginning() {
        assertThat(served(filter(Optional.empty(), Optional.of("test-")))).containsExactly("c.example.com");
        assertThat(served(filter(Optional.of(new LabelFilter("team", Optional.empty())), Optional.of("test-"))))
                .isEmpty();
    }

    @Test
    void enginesAreAskedForByTheirIds() {
        assertThat(served(engines("other"))).isEmpty();
        assertThat(served(engines("other", "local"))).hasSize(3);
    }

    @Test
    void whoIsNotConsideredIsNotSpokenOf() {
        ContainerFactsBuilder wrong = web("test-wrong", "d.example.com").label("interlock.port", "nonsense");

        PipelineResult assembly = assemble(filter(Optional.empty(), Optional.of("prod-")), wrong);

        assertThat(assembly.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.NOT_ADDRESSED);
            assertThat(finding.message()).contains("filter", "not considered");
        });
    }

    @Test
    void ifTheDefaultIsOffOnlyThoseThatAskAreServed() {
        ContainerPolicy off = new ContainerPolicy(Optional.empty(), ContainerFilter.NONE, true);

        assertThat(names(assemble(
                        off,
                        ours,
                        web("labelled", "l.example.com").label("interlock.port", "8080"),
                        web("with-data", "w.example.com").data("{}"))))
                .containsExactly("l.example.com", "w.example.com");
    }

    @Test
    void labelsOfOthersAreNoFieldsOfOurs() {
        assertThat(assemble(ContainerPolicy.DEFAULT, ours).findings()).isEmpty();
        assertThat(filter(Optional.of(new LabelFilter("team", Optional.empty())), Optional.empty())
                        .selection()
                        .labels())
                .contains("team");
    }

    private static ContainerPolicy filter(Optional<LabelFilter> label, Optional<String> prefix) {
        return new ContainerPolicy(Optional.empty(), new ContainerFilter(label, prefix, Optional.empty()), false);
    }

    private static ContainerPolicy engines(String... ids) {
        return new ContainerPolicy(
                Optional.empty(),
                new ContainerFilter(Optional.empty(), Optional.empty(), Optional.of(Set.of(ids))),
                false);
    }

    private static ContainerFactsBuilder web(String name, String host) {
        return ContainerFactsBuilder.named(name).hostname(host).exposes(8080);
    }

    private List<String> served(ContainerPolicy containerPolicy) {
        return names(assemble(containerPolicy, ours, theirs, test));
    }

    private static List<String> names(PipelineResult assembly) {
        return assembly.topology().virtualHosts().stream()
                .map(host -> host.hostNames().getFirst().value())
                .toList();
    }

    private static PipelineResult assemble(ContainerPolicy containerPolicy, ContainerFactsBuilder... containers) {
        return new TestPipeline(containerPolicy)
                .assemble(
                        ContainerFactsBuilder.inventory(new NetworkLocation.OnHost(), containers),
                        ContainerFactsBuilder.admitting(Set.of()));
    }
}
