package com.example.interlock.nginx;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code plugins.nginx} of Interlock's configuration file. The plugin host binds it, and reports to the
 * operator the values that this constructor refuses. Every key is optional.
 *
 * @param port the TCP port to listen on, 1 to 65535; default 8081, so that nginx runs beside HAProxy
 * @param binary nginx' program; empty: searched for
 * @param templatePath the operator's template of the configuration; empty: the built-in one
 * @param workers the number of worker processes, 1 to 64
 * @param connectTryTimeout the maximum time of one attempt to connect to a server in milliseconds, 10 to 60000
 * @param stopTimeout how long requests in flight may take when Interlock ends, in milliseconds, 0 to 86400000
 * @param reloadTimeout the time in which nginx must prove that it took a change, in milliseconds, 100 to 600000
 */
public record NginxConfig(
        Integer port,
        Optional<Path> binary,
        Optional<Path> templatePath,
        Integer workers,
        Integer connectTryTimeout,
        Integer stopTimeout,
        Integer reloadTimeout) {

    /** Configuration with all defaults. */
    public static final NginxConfig DEFAULTS =
            new NginxConfig(null, Optional.empty(), Optional.empty(), null, null, null, null);

    /**
     * Applies defaults where the section has no value.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public NginxConfig(
            @Nullable Integer port,
            Optional<Path> binary,
            Optional<Path> templatePath,
            @Nullable Integer workers,
            @Nullable Integer connectTryTimeout,
            @Nullable Integer stopTimeout,
            @Nullable Integer reloadTimeout) {
        this.port = inRange("port", port, 8081, 1, 65_535);
        this.binary = binary;
        this.templatePath = templatePath;
        this.workers = inRange("workers", workers, Math.min(Runtime.getRuntime().availableProcessors(), 4), 1, 64);
        this.connectTryTimeout = inRange("connect_try_timeout", connectTryTimeout, 250, 10, 60_000);
        this.stopTimeout = inRange("stop_timeout", stopTimeout, 8_000, 0, 86_400_000);
        this.reloadTimeout = inRange("reload_timeout", reloadTimeout, 20_000, 100, 600_000);
    }

    Duration stopTime() {
        return Duration.ofMillis(stopTimeout);
    }

    Duration reloadTime() {
        return Duration.ofMillis(reloadTimeout);
    }

    private static int inRange(String key, @Nullable Integer value, int usual, int least, int most) {
        if (value == null) {
            return usual;
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " is " + value + ", expected " + least + " to " + most);
        }
        return value;
    }
}
