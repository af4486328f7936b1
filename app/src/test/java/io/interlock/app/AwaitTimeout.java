package io.interlock.app;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long a test waits for what it expects. */
public final class AwaitTimeout {

    /** Much longer than anything takes on a slow machine that has other things to do: nothing may depend on its being this long. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private AwaitTimeout() {}

    /** {@link Awaitility#await()}, with this limit in place of ten seconds. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }
}
