package io.interlock.app.config;

import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.problem.ConfigProblem;
import java.nio.file.Path;
import java.util.List;

/** Result of reading the configuration. */
public sealed interface ConfigResult {

    /**
     * Valid configuration, as far as Interlock can check it. Plugins check their own sections.
     *
     * @param config the configuration to run with
     * @param locations the places of its values
     * @param warnings what is ignored, for the operator
     * @param document what it was bound from
     * @param nextStart what differs from the running configuration and only a start changes
     */
    record Valid(
            InterlockConfig config,
            ConfigLocationIndex locations,
            List<String> warnings,
            ConfigDocument document,
            List<ConfigChange> nextStart)
            implements ConfigResult {
        public Valid {
            warnings = List.copyOf(warnings);
            nextStart = List.copyOf(nextStart);
        }

        /** Returns a result with another configuration, for a dry run. */
        public Valid with(InterlockConfig other) {
            return new Valid(other, locations, warnings, document, nextStart);
        }
    }

    /**
     * Configuration that cannot be used.
     *
     * @param problems all problems, at least one; those of the file first, in the order of the file
     * @param dataDir the folder of files that it probably names, to find an Interlock that runs with an earlier
     *     configuration
     */
    record Invalid(List<ConfigProblem> problems, Path dataDir) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
