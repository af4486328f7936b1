package io.interlock.systemtests.support;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** What this machine cannot run. Maven counts such tests but does not say why they were left out, so it is printed too. */
public final class TestPreconditions {

    private TestPreconditions() {}

    /** Goes on if there is no obstacle; otherwise names it, with what is not tested for it, and leaves the test out. */
    public static void abortIfPresent(Optional<String> obstacle, String what) {
        obstacle.ifPresent(reason -> {
            String message = "NOT TESTED: " + what + ": " + reason;
            System.out.println(message);
            Assumptions.abort(message);
        });
    }
}
