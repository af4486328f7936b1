package io.interlock.app.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.app.pipeline.PipelineResult;
import io.interlock.app.topology.ContainerFactsBuilder;
import io.interlock.app.topology.findings.Finding;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class RefusalCounterTest {

    @Test
    void ownersBeyondAThousandAreNotCounted() {
        List<Finding> refused = refusedOwners(1_010);
        RefusalCounter counter = new RefusalCounter();
        counter.count(List.of(), refused);
        counter.count(List.of(), refused);

        assertThat(counter.counts()).hasSize(1_000).containsValue(2L);
    }

    /** The refusals of many projects that ask for a name of the first one. */
    private static List<Finding> refusedOwners(int count) {
        PipelineResult assembly = ContainerFactsBuilder.assemble(Stream.concat(
                        Stream.of(container(0)),
                        IntStream.rangeClosed(1, count).mapToObj(RefusalCounterTest::container))
                .toArray(ContainerFactsBuilder[]::new));
        List<Finding> refused = assembly.findings().stream()
                .filter(finding -> finding.refused().isPresent())
                .toList();
        assertThat(refused).hasSizeGreaterThanOrEqualTo(count);
        return refused;
    }

    private static ContainerFactsBuilder container(int number) {
        return ContainerFactsBuilder.named("c" + number)
                .hostname("www.example.com")
                .exposes(80)
                .project("p" + number)
                .label("interlock.release", Integer.toString(number))
                .createdAfter(number);
    }
}
