package io.interlock.testsupport.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the things under test lie. */
public final class DistributionFiles {

    private DistributionFiles() {}

    /** The project's folder. */
    public static Path projectFile(String relative) {
        return Path.of(System.getProperty("interlock.project", ".."))
                .resolve(relative)
                .toAbsolutePath()
                .normalize();
    }

    /** The distribution's folder. */
    public static Path folder() {
        String folder = System.getProperty("interlock.distribution");
        return folder == null
                ? projectFile("app/target/interlock")
                : Path.of(folder).toAbsolutePath().normalize();
    }

    /**
     * The program to start.
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
