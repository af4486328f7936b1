package io.interlock.bench.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** HAProxy with a configuration written by hand. */
final class PlainHaproxy implements AutoCloseable {

    /** The first sections of a configuration, with a placeholder for the number of threads. */
    static final String DEFAULTS = """
            global
                maxconn 1000
                nbthread %d
            defaults
                mode http
                maxconn 1000
                timeout connect 5s
                timeout client 1h
                timeout server 1h
            """;

    private final Process process;

    private PlainHaproxy(Process process) {
        this.process = process;
    }

    /**
     * Writes the configuration and starts HAProxy with it.
     *
     * @throws IllegalStateException if it ends at once; the message contains its output
     */
    static PlainHaproxy start(Path binary, Path file, String config) throws IOException, InterruptedException {
        Files.writeString(file, config);
        Path log = Path.of(file + ".log");
        Process process = new ProcessBuilder(binary.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor(1, TimeUnit.SECONDS)) {
            throw new IllegalStateException(Files.readString(log));
        }
        return new PlainHaproxy(process);
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
