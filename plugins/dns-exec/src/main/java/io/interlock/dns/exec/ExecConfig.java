package io.interlock.dns.exec;

import io.interlock.api.SecretText;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code plugins.dns-exec}.
 *
 * @param program absolute path of the program; must be given if the provider is used
 * @param environment additional variables of its environment
 * @param timeout the longest time that a call takes, in seconds, 1 to 110
 */
public record ExecConfig(Optional<Path> program, Map<String, SecretText> environment, Integer timeout) {

    private static final int USUAL_TIMEOUT = 60;
    private static final int MOST_TIMEOUT = 110;
    private static final int MOST_VARIABLES = 100;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    /**
     * Sets defaults for keys that the section omits.
     *
     * @throws IllegalArgumentException if a value is not valid
     */
    public ExecConfig(
            Optional<Path> program, @Nullable Map<String, SecretText> environment, @Nullable Integer timeout) {
        this.program = program;
        this.environment = environment == null ? Map.of() : Map.copyOf(environment);
        this.timeout = timeout == null ? USUAL_TIMEOUT : timeout;
        if (program.isPresent() && !program.get().isAbsolute()) {
            throw new IllegalArgumentException("program is not an absolute path: " + program.get());
        }
        if (this.timeout < 1 || this.timeout > MOST_TIMEOUT) {
            throw new IllegalArgumentException("timeout is " + timeout + ", expected 1 to " + MOST_TIMEOUT);
        }
        if (this.environment.size() > MOST_VARIABLES) {
            throw new IllegalArgumentException("environment has more than " + MOST_VARIABLES + " variables");
        }
        for (Map.Entry<String, SecretText> variable : this.environment.entrySet()) {
            if (!VARIABLE.matcher(variable.getKey()).matches()
                    || variable.getValue().reveal().indexOf('\0') >= 0) {
                throw new IllegalArgumentException("environment has \"" + variable.getKey()
                        + "\", expected names of variables: letters, digits and _, each with a text");
            }
        }
    }
}
