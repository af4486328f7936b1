package io.interlock.app.topology;

import static io.interlock.app.topology.ContainerFactsBuilder.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.findings.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ContainerExamplesTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "container-data.md");
    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void everyExampleOfTheDocumentIsUnderstood() throws IOException {
        List<String> examples = EXAMPLE.matcher(Files.readString(DOCUMENT))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replace("```json\n", "").replace("\n```", ""))
                .toList();

        assertThat(examples).hasSizeGreaterThan(5);
        for (String example : examples) {
            PipelineResult assembly = new TestPipeline(
                            new ContainerPolicy(Optional.of(new ContainerPolicy.PortRange(1, 65_535))))
                    .assemble(
                            ContainerFactsBuilder.inventory(
                                    new NetworkLocation.OnHost(),
                                    web("www.example.com").data(example)),
                            ContainerFactsBuilder.admitting(Set.of()));

            assertThat(assembly.findings()).as(example).allMatch(finding -> finding.severity() == Severity.WAITING);
        }
    }

    @Test
    void everyFieldHasAnExample() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (ContainerField field : ContainerField.values()) {
            assertThat(document).contains("\"" + field.key() + "\":").contains("| `" + field.key() + "` |");
        }
    }
}
