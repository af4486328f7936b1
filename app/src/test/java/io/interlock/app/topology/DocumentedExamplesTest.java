package io.interlock.app.topology;

import static io.interlock.app.topology.Container.web;
import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.inventory.Vantage;
import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.pipeline.TestPipeline;
import io.interlock.app.topology.Finding.Severity;
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
class DocumentedExamplesTest {

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
            PipelineResult assembly = new TestPipeline(new Terms(Optional.of(new Terms.PortRange(1, 65_535))))
                    .assemble(
                            Container.inventory(
                                    new Vantage.OnHost(), web("www.example.com").data(example)),
                            Container.admitting(Set.of()));

            assertThat(assembly.findings()).as(example).allMatch(finding -> finding.severity() == Severity.WAITING);
        }
    }

    @Test
    void everyFieldHasAnExample() throws IOException {
        String document = Files.readString(DOCUMENT);

        for (Field field : Field.values()) {
            assertThat(document).contains("\"" + field.key() + "\":").contains("| `" + field.key() + "` |");
        }
    }
}
