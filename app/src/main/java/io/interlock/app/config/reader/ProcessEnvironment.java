package io.interlock.app.config.reader;

import io.interlock.app.config.value.FilePathParser;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What of the machine defaults depend on.
 *
 * @param environment the environment variables
 * @param workingDirectory absolute; what relative paths of the command line and the environment start from
 * @param home the folder that Interlock was unpacked to; empty if it does not run from a distribution
 * @param superuser whether this process runs as root
 */
public record ProcessEnvironment(
        Map<String, String> environment, Path workingDirectory, Optional<Path> home, boolean superuser) {

    private static final Path SYSTEM_DATA_DIR = Path.of("/var/lib/interlock");

    public ProcessEnvironment {
        environment = Map.copyOf(environment);
    }

    /** Those of this process, apart from the environment, which is given. */
    public static ProcessEnvironment ofThisProcess(Map<String, String> environment) {
        return new ProcessEnvironment(
                environment,
                Path.of("").toAbsolutePath(),
                Optional.ofNullable(System.getProperty("interlock.home"))
                        .map(home -> Path.of(home).toAbsolutePath()),
                "root".equals(System.getProperty("user.name")));
    }

    /** A variable's value; empty if it is not set or set to nothing. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * Where files are kept: {@code /var/lib/interlock} for root; else the user's own state folder; else, for a user
     * without a home, a folder below the working directory.
     */
    public Path dataDir() {
        if (superuser) {
            return SYSTEM_DATA_DIR;
        }
        return absolute("XDG_STATE_HOME")
                .or(() -> absolute("HOME").map(home -> home.resolve(".local/state")))
                .map(state -> state.resolve("interlock"))
                .orElseGet(() -> workingDirectory.resolve("interlock-data"));
    }

    /** Where plugins are: the distribution's own folder; else {@code plugins} below the working directory. */
    public Path pluginsDir() {
        return home.orElse(workingDirectory).resolve("plugins");
    }

    private Optional<Path> absolute(String variable) {
        return variable(variable)
                .filter(value -> value.startsWith("/"))
                .flatMap(value -> FilePathParser.parse(value, workingDirectory).toOptional());
    }
}
