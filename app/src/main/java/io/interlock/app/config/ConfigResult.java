package io.interlock.app.config;

import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.problem.ConfigProblem;
import java.util.List;

/** Result of reading the configuration. */
public sealed interface ConfigResult {

    /**
     * Valid configuration, as far as Interlock can check it. Plugins check their own sections.
     *
     * @param config the configuration to run with
     * @param locations the places of its values
     * @param warnings what is ignored, for the operator
     */
    record Valid(InterlockConfig config, ConfigLocationIndex locations, List<String> warnings) implements ConfigResult {
        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Configuration that cannot be used.
     *
     * @param problems all problems, at least one; those of the file first, in the order of the file
     */
    record Invalid(List<ConfigProblem> problems) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
