package io.interlock.app.config.reader;

import io.interlock.app.config.value.FilePathParser;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Properties of the machine and the process on which defaults depend.
 *
 * @param environment the environment variables
 * @param workingDirectory absolute; start of relative paths in the command line and the environment
 * @param home the folder of the unpacked distribution; empty if Interlock does not run from one
 * @param superuser whether this process runs as root
 */
public record ProcessEnvironment(
        Map<String, String> environment, Path workingDirectory, Optional<Path> home, boolean superuser) {

    private static final Path SYSTEM_DATA_DIR = Path.of("/var/lib/interlock");

    public ProcessEnvironment {
        environment = Map.copyOf(environment);
    }

    /** Returns the properties of this process, with the given environment variables. */
    public static ProcessEnvironment ofThisProcess(Map<String, String> environment) {
        return new ProcessEnvironment(
                environment,
                Path.of("").toAbsolutePath(),
                Optional.ofNullable(System.getProperty("interlock.home"))
                        .map(home -> Path.of(home).toAbsolutePath()),
                "root".equals(System.getProperty("user.name")));
    }

    /** Returns a variable's value; empty if it is not set or is an empty text. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * Returns the default folder of files: {@code /var/lib/interlock} for root, the user's own state folder for other
     * users, and a folder below the working directory for a user without a home.
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

    /**
     * Returns the default folder of plugins: the distribution's own, otherwise {@code plugins} below the working
     * directory.
     */
    public Path pluginsDir() {
        return home.orElse(workingDirectory).resolve("plugins");
    }

    private Optional<Path> absolute(String variable) {
        return variable(variable)
                .filter(value -> value.startsWith("/"))
                .flatMap(value -> FilePathParser.parse(value, workingDirectory).toOptional());
    }
}
