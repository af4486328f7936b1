package io.interlock.systemtests.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.InterlockExtension;
import io.interlock.testsupport.distribution.ReplacementMode;
import io.interlock.testsupport.distribution.RollingUpdateScenario;
import io.interlock.testsupport.network.HttpLoadClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that rolling updates lose no request and execute none twice. {@code make rolls} runs longer tests. */
@Tag("engine")
class RollingUpdateIT {

    private static final Duration DURATION = Duration.ofSeconds(6);

    @RegisterExtension
    static final InterlockExtension running = InterlockExtension.onLocalEngine();

    @Test
    void noRequestIsLostNorExecutedTwiceWhileContainersThatFinishTheirWorkAreReplaced()
            throws IOException, InterruptedException {
        HttpLoadClient.Plan plan = new HttpLoadClient.Plan(20, 25, DURATION, true);

        RollingUpdateScenario.Outcome outcome =
                new RollingUpdateScenario(running.engine(), running.process(), ReplacementMode.BOOT).run(plan);

        assertThat(outcome.load().sent()).isEqualTo(plan.requests());
        assertThat(outcome.load().isFlawless()).as(outcome.load().toString()).isTrue();
        assertThat(outcome.repeatedExecutions()).as("executed more than once").isEmpty();
    }
}
