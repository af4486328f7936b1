package io.interlock.app.cli;

import io.interlock.app.admin.AdminService;
import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ConfigSource;
import io.interlock.app.config.problem.ConfigProblem;
import java.io.IOException;
import java.util.List;

/** What the command line starts, with a configuration that has been read and found valid. */
public interface InterlockApplication {

    /** Checks what a run would report before it starts anything: plugins, and their sections of the configuration. */
    CheckResult check(ConfigResult.Valid configuration);

    /**
     * Runs until a signal or a failure ends it. If plugins refuse their sections, nothing starts.
     *
     * @param source where the configuration came from, which is read again when it changes
     */
    Outcome run(ConfigResult.Valid configuration, ConfigSource source);

    /**
     * Looks at the engines once, as a running Interlock would, and serves nothing.
     *
     * @throws IOException if that cannot be done; the message is for the operator
     */
    DryRunSession dryRun(ConfigResult.Valid configuration) throws IOException, InterruptedException;

    /** What was seen. */
    interface DryRunSession extends AutoCloseable {

        /** Answers questions about it. */
        AdminService adminService();

        @Override
        void close();
    }

    /**
     * What a check found.
     *
     * @param problems what keeps Interlock from starting
     * @param warnings what Interlock would report and start nevertheless
     */
    record CheckResult(List<ConfigProblem> problems, List<String> warnings) {
        public CheckResult {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }

    /** How it ended. */
    sealed interface Outcome {

        /**
         * It ran.
         *
         * @param exitCode 0 if it was told to end, see {@link ExitCodes}
         */
        record Ended(int exitCode) implements Outcome {}

        /** Plugins refused their sections of the configuration. */
        record Refused(List<ConfigProblem> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }
}
