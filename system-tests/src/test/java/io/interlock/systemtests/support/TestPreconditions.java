package io.interlock.systemtests.support;

import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * Checks what this machine cannot run. Maven counts skipped tests but does not say why they were skipped, so the reason
 * is printed too.
 */
public final class TestPreconditions {

    private TestPreconditions() {}

    /**
     * Skips the test if there is an obstacle, and prints it with the parts that are not tested; otherwise continues.
     */
    public static void abortIfPresent(Optional<String> obstacle, String what) {
        obstacle.ifPresent(reason -> {
            String message = "NOT TESTED: " + what + ": " + reason;
            System.out.println(message);
            Assumptions.abort(message);
        });
    }
}
