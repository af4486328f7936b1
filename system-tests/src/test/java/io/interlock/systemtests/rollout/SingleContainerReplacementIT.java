package io.interlock.systemtests.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.testsupport.engine.SampleContainer;
import io.interlock.testsupport.engine.UniqueHostNames;
import io.interlock.testsupport.network.HttpLoadClient;
import io.interlock.testsupport.network.HttpLoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that requests wait for the next container if the only container of a name ends before it starts. */
@Tag("engine")
class SingleContainerReplacementIT {

    private static final int TIMES = 3;

    @RegisterExtension
    static final InterlockExtension running = InterlockExtension.onLocalEngine();

    @Test
    void noRequestIsLostNorExecutedTwiceWhenTheOnlyContainerOfANameIsReplacedAfterItHasGone() throws Exception {
        String host = UniqueHostNames.newHost();
        List<SampleContainer> all = new ArrayList<>();
        all.add(start(host));
        running.process().awaitServedBy(all.getLast(), host);
        HttpLoadClient.Plan plan = new HttpLoadClient.Plan(5, 20, Duration.ofSeconds(6), true);
        HttpLoadResult result;
        try (HttpLoadClient client =
                HttpLoadClient.atRate(plan, running.process().port(), host)) {
            for (int i = 0; i < TIMES; i++) {
                all.getLast().stop();
                all.add(start(host));
                running.process().awaitServedBy(all.getLast(), host);
            }
            result = client.await();
        }

        assertThat(result.sent()).isEqualTo(plan.requests());
        assertThat(result.isFlawless()).as(result.toString()).isTrue();
        Map<String, Integer> executions = new HashMap<>();
        for (SampleContainer container : all) {
            container.file("/executed").lines().forEach(id -> executions.merge(id, 1, Integer::sum));
        }
        assertThat(executions.values()).containsOnly(1);
    }

    private static SampleContainer start(String host) {
        return running.engine()
                .backend()
                .hostname(host)
                .environment("ON_TERM", "drain:0")
                .start();
    }
}
