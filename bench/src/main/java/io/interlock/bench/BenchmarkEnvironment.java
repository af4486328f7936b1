package io.interlock.bench;

import io.interlock.bench.engine.RawEngineClient;
import io.interlock.testsupport.process.DistributionFiles;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Description of the machine and the programs of a measurement. */
final class BenchmarkEnvironment {

    private static final Pattern ENGINE_VERSION = Pattern.compile("\"Version\":\"([^\"]+)\",\"ApiVersion\"");

    private BenchmarkEnvironment() {}

    static Map<String, String> describe(String mode) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        environment.put("mode", mode);
        environment.put("commit", commit());
        environment.put("processors", processors());
        environment.put("memory", memory());
        environment.put("Java", Runtime.version().toString());
        environment.put(
                "HAProxy",
                SystemProcesses.run("haproxy", "-v").lines().findFirst().orElse("?"));
        environment.put("engine", engine());
        return environment;
    }

    private static String commit() {
        try {
            return SystemProcesses.run(
                            "git", "-C", DistributionFiles.projectFile(".").toString(), "rev-parse", "--short", "HEAD")
                    .strip();
        } catch (IOException noRepository) {
            return "unknown";
        }
    }

    private static String processors() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("of an unknown model");
        return Runtime.getRuntime().availableProcessors() + " × " + model;
    }

    private static String memory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024 + " MiB")
                .findFirst()
                .orElse("unknown");
    }

    private static String engine() {
        String address = Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock");
        try {
            Matcher version = ENGINE_VERSION.matcher(new RawEngineClient(address).get("/version"));
            return "Docker " + (version.find() ? version.group(1) : "of an unknown version");
        } catch (IOException none) {
            return "none";
        }
    }
}
