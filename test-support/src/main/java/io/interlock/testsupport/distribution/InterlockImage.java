package io.interlock.testsupport.distribution;

import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.time.Duration;

/** The image of the distribution under test. */
public final class InterlockImage {

    private static final String NAME = "interlock/interlock:test";
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
    private static boolean built;

    private InterlockImage() {}

    /** Its name; builds it at the first call, which takes about as long as the engine has forgotten of earlier builds. */
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
