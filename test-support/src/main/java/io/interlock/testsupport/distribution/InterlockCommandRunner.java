package io.interlock.testsupport.distribution;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runner of commands of the distribution's program, with a configuration. */
public final class InterlockCommandRunner {

    private final ConfigFileBuilder settings;

    public InterlockCommandRunner(ConfigFileBuilder settings) {
        this.settings = settings;
    }

    /**
     * Result of a command.
     *
     * @param out standard output
     * @param err standard error
     */
    public record Result(int exitCode, String out, String err) {
        /** Returns standard output as JSON. */
        public JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    /** Runs a command to its end. */
    public Result run(String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(settings.folder(), "err", "");
        try {
            Process process = command(arguments).redirectError(err.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.deleteIfExists(err);
        }
    }

    /** Starts a command that does not end by itself. */
    public Process start(String... arguments) throws IOException {
        return command(arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private ProcessBuilder command(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-config", settings.write().toString()));
        return InterlockProcess.command(all.toArray(String[]::new));
    }
}
