package io.interlock.app.config;

import io.interlock.app.config.json.ConfigLocationIndex;
import io.interlock.app.config.problem.ConfigProblem;
import java.util.List;

/** What came of reading the configuration. */
public sealed interface ConfigResult {

    /**
     * Nothing is wrong with it, as far as Interlock itself can tell: the sections of plugins are theirs to check.
     *
     * @param config what to run with
     * @param locations where its values were written
     */
    record Valid(InterlockConfig config, ConfigLocationIndex locations) implements ConfigResult {}

    /**
     * It cannot be used.
     *
     * @param problems all that is wrong, at least one; those of the file first, in the file's order
     */
    record Invalid(List<ConfigProblem> problems) implements ConfigResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
