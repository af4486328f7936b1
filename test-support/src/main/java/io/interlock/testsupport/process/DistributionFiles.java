package io.interlock.testsupport.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** Paths of the files under test. */
public final class DistributionFiles {

    private DistributionFiles() {}

    /** Returns the path of a file in the project's folder. */
    public static Path projectFile(String relative) {
        return Path.of(System.getProperty("interlock.project", ".."))
                .resolve(relative)
                .toAbsolutePath()
                .normalize();
    }

    /** Returns the distribution's folder. */
    public static Path folder() {
        String folder = System.getProperty("interlock.distribution");
        return folder == null
                ? projectFile("app/target/interlock")
                : Path.of(folder).toAbsolutePath().normalize();
    }

    /**
     * Returns the program of the distribution.
     *
     * @throws IllegalStateException if it has not been built; the message says how
     */
    public static Path program() {
        Path program = folder().resolve("bin/interlock");
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(program + " is missing; build it first: mvn -DskipTests package");
        }
        return program;
    }
}
