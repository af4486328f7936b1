package io.interlock.testsupport.distribution;

import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.time.Duration;

/**
 * Image of the distribution under test. Where tests have an engine without a network (scripts/host), the engine at
 * {@code INTERLOCK_TEST_BUILDER} makes it.
 */
public final class InterlockImage {

    private static final String NAME = "interlock/interlock:test";
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);
    private static boolean built;

    private InterlockImage() {}

    /** Returns the name of the image. The first call builds it; the time depends on the engine's build cache. */
    public static synchronized String name() throws IOException {
        if (!built) {
            // JVMs beside this one wait, and then use what the engine has in its cache.
            ProcessBuilder script = new ProcessBuilder(
                    "flock",
                    DistributionFiles.projectFile("Dockerfile").toString(),
                    DistributionFiles.projectFile("scripts/image").toString());
            script.environment().put("INTERLOCK_IMAGE", NAME);
            String builder = System.getenv("INTERLOCK_TEST_BUILDER");
            if (builder != null) {
                script.environment().put("DOCKER_HOST", builder);
            }
            SystemProcesses.Outcome outcome = SystemProcesses.outcomeOf(script, BUILD_LIMIT);
            if (outcome.exitCode() != 0) {
                throw new IOException("scripts/image failed: " + outcome.output());
            }
            if (builder != null) {
                SystemProcesses.run("sh", "-c", "docker -H " + builder + " save " + NAME + " | docker load -q");
            }
            built = true;
        }
        return NAME;
    }
}
