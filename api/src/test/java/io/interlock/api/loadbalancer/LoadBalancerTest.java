package io.interlock.api.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologySnapshot;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class LoadBalancerTest {

    private final LoadBalancer least = new LoadBalancer() {
        @Override
        public ApplyResult apply(TopologySnapshot snapshot) {
            return new ApplyResult.Unchanged(List.of());
        }

        @Override
        public void close() {}
    };

    @Test
    void oneThatKnowsNothingOfStatisticsOrPreviewsHasNone() throws Exception {
        assertThat(least.stats()).isEmpty();
        assertThat(least.preview(new TopologySnapshot(1, Topology.EMPTY))).isEmpty();
    }
}
