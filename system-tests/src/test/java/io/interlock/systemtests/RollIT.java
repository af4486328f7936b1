package io.interlock.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.systemtests.support.RunningInterlock;
import io.interlock.testsupport.distribution.Roll;
import io.interlock.testsupport.network.LoadClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rolling updates lose no request and have none executed twice. {@code make rolls} does more of it. */
@Tag("engine")
class RollIT {

    private static final Duration DURATION = Duration.ofSeconds(6);

    @RegisterExtension
    static final RunningInterlock running = RunningInterlock.onLocalEngine();

    @Test
    void noRequestIsLostNorExecutedTwiceWhileContainersThatFinishTheirWorkAreReplaced()
            throws IOException, InterruptedException {
        LoadClient.Plan plan = new LoadClient.Plan(20, 25, DURATION, true);

        Roll.Outcome outcome = new Roll(running.engine(), running.process(), Roll.Manner.BOOT).under(plan);

        assertThat(outcome.load().sent()).isEqualTo(plan.requests());
        assertThat(outcome.load().isFlawless()).as(outcome.load().toString()).isTrue();
        assertThat(outcome.twice()).as("executed more than once").isEmpty();
    }
}
