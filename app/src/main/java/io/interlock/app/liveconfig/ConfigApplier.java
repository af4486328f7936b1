package io.interlock.app.liveconfig;

import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.problem.ConfigProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies a configuration to a running Interlock. Used by one thread at a time. */
public interface ConfigApplier {

    /** Returns the problems that only the parts of Interlock can find; changes nothing. */
    List<ConfigProblem> check(ConfigResult.Valid next);

    /**
     * Offers a configuration to the plugins that run; changes nothing.
     *
     * @return the plugins for which something changes, by id: empty if it can change now, otherwise why it cannot
     */
    Map<String, Optional<String>> offer(ConfigResult.Valid next) throws InterruptedException;

    /**
     * Applies a configuration. Returns when it is in use.
     *
     * @param offers the result of {@link #offer}
     * @return what could not be applied, by plugin id, with the reason
     */
    Map<String, String> apply(ConfigResult.Valid before, ConfigResult.Valid next, Map<String, Optional<String>> offers)
            throws InterruptedException;

    /** Returns further files that the configuration names. */
    Set<Path> files();
}
