package io.interlock.stats.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.status.OwnerStatus;
import io.interlock.stats.metrics.InterlockMetrics.RefusalCount;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class InterlockMetricsTest {

    @Test
    void ownersBeyondAHundredAreCountedTogether() {
        List<RefusalCount> hundred = InterlockMetrics.refusals(owners(100));
        assertThat(hundred).hasSize(100).noneMatch(count -> count.owner().equals("others together"));

        List<RefusalCount> more = InterlockMetrics.refusals(owners(150));
        assertThat(more).hasSize(101);
        assertThat(more.getFirst()).isEqualTo(new RefusalCount("project p149", 149));
        assertThat(more.getLast()).isEqualTo(new RefusalCount("others together", 49 * 50 / 2));
    }

    private static List<OwnerStatus> owners(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new OwnerStatus("project p" + i, List.of(), List.of(), i))
                .toList();
    }
}
