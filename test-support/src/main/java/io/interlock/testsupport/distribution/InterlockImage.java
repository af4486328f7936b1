package io.interlock.testsupport.distribution;

import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.time.Duration;

/** Image of the distribution under test. */
public final class InterlockImage {

    private static final String NAME = "interlock/interlock:test";
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
    private static boolean built;

    private InterlockImage() {}

    /** Returns the name of the image. The first call builds it; the time depends on the engine's build cache. */
    public static synchronized String name() throws IOException {
        if (!built) {
            ProcessBuilder script = new ProcessBuilder(
                    DistributionFiles.projectFile("scripts/image").toString());
            script.environment().put("INTERLOCK_IMAGE", NAME);
            SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(script, BUILD_LIMIT);
            if (outcome.exitCode() != 0) {
                throw new IOException("scripts/image failed: " + outcome.output());
            }
            built = true;
        }
        return NAME;
    }
}
