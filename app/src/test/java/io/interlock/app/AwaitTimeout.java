package io.interlock.app;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Time limit of tests that wait for a result. */
public final class AwaitTimeout {

    /** Much longer than anything takes on a slow and busy machine. No test may depend on the exact value. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private AwaitTimeout() {}

    /** Returns {@link Awaitility#await()} with this limit in place of ten seconds. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }
}
