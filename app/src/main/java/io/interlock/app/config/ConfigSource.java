package io.interlock.app.config;

import java.nio.file.Path;
import java.util.Optional;

/** Where the configuration comes from, for as often as it is read. */
public interface ConfigSource {

    /** The configuration file, absolute; empty if there is none. */
    Optional<Path> file();

    /**
     * Reads everything again. Keys that cannot change while Interlock runs keep their values.
     *
     * @param running what Interlock runs with
     * @param other a file to read instead, absolute; empty: {@link #file}
     */
    ConfigResult readAgain(ConfigDocument running, Optional<Path> other);
}
