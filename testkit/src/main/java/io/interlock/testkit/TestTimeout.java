package io.interlock.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long a test waits for what it expects. */
public final class TestTimeout {

    /** Much longer than anything takes on a slow machine that has other things to do: nothing may depend on its being this long. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private TestTimeout() {}

    /** {@link Awaitility#await()}, with this limit in place of ten seconds. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }

    /** The same, with a name for what is waited for. */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LIMIT);
    }
}
