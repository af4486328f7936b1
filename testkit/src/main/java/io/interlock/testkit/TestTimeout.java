package io.interlock.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Time limit of tests that wait for a result. */
public final class TestTimeout {

    /** Much longer than anything takes on a slow and busy machine. No test may depend on the exact value. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private TestTimeout() {}

    /** Returns {@link Awaitility#await()} with this limit in place of ten seconds. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }

    /** Returns the same with a name of the awaited result. */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LIMIT);
    }
}
