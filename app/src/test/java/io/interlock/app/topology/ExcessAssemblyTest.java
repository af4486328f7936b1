package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.assemble;
import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.findings.Finding.Severity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests containers whose data is too long to be read. */
@Tag("unit")
class ExcessAssemblyTest {

    @Test
    void aContainerIsLeftOutWithAReasonAndTheOthersAreServed() {
        PipelineResult assembly = assemble(
                web("large.example.com").exposes(80).exceeds("labels interlock.*"),
                web("www.example.com").exposes(80));

        assertThat(assembly.topology().virtualHosts()).hasSize(1);
        assertThat(AssemblyQueries.findings(assembly, Severity.LEFT_OUT))
                .contains("labels interlock.*")
                .contains("longer than Interlock reads");
    }
}
