package io.interlock.app.docker.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class InspectRetriesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final InspectRetries retries = new InspectRetries(Duration.ofSeconds(1), 2);

    @Test
    void thePauseDoublesWithEachFailureUpToALimit() {
        long now = 0;
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            assertThat(retries.failed("a", now)).isEqualTo(now == 0);
            now += pause * SECOND;
            assertThat(retries.due(now - 1)).isEmpty();
            assertThat(retries.nextDue()).hasValue(now);
            assertThat(retries.due(now)).containsExactly("a");
            assertThat(retries.nextDue()).isEmpty();
        }
    }

    @Test
    void aSuccessForgetsTheFailures() {
        retries.failed("a", 0);
        retries.succeeded("a");

        assertThat(retries.nextDue()).isEmpty();
        assertThat(retries.failed("a", SECOND)).isTrue();
        assertThat(retries.nextDue()).hasValue(2 * SECOND);
    }

    @Test
    void theNumberOfContainersIsLimited() {
        retries.failed("a", 0);
        retries.failed("b", 0);

        assertThat(retries.accepts("a")).isTrue();
        assertThat(retries.accepts("c")).isFalse();
        retries.succeeded("b");
        assertThat(retries.accepts("c")).isTrue();
    }
}
