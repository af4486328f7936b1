package io.interlock.app.topology.ownership;

import io.interlock.app.config.ConfigResult;
import io.interlock.app.config.ContainerPolicy;
import io.interlock.app.config.reader.CommandLineOverrides;
import io.interlock.app.config.reader.ConfigReader;
import io.interlock.app.config.reader.ProcessEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration as the operator writes it. */
final class RulesFixture {

    private RulesFixture() {}

    static ConfigResult read(String file) {
        try {
            Path folder = Files.createTempDirectory("interlock-rules");
            try {
                Files.writeString(folder.resolve("f.json"), file);
                return new ConfigReader(new ProcessEnvironment(Map.of(), folder, Optional.empty(), true))
                        .read(Optional.of(Path.of("f.json")), CommandLineOverrides.NONE);
            } finally {
                Files.delete(folder.resolve("f.json"));
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The policy of a file with these rules. */
    static ContainerPolicy policy(String rules) {
        return policy(rules, "");
    }

    /**
     * @param more further keys of the file, each with a comma before it
     */
    static ContainerPolicy policy(String rules, String more) {
        ConfigResult result = read("{\"tcp_ports\": \"5000-5999\"" + more + ", \"ownership\": [" + rules + "]}");
        if (result instanceof ConfigResult.Valid valid) {
            return valid.config().containerPolicy();
        }
        throw new AssertionError(result.toString());
    }
}
