package io.interlock.bench.subject;

import io.interlock.testsupport.network.PortAllocator;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The {@link ConfigRegenerator}, the baseline. */
public final class RegeneratorSubject implements BenchmarkSubject {

    /** One event takes about a millisecond for each container, and as much again to parse the rules. */
    private static final int LIMIT = 1000;

    private final Process process;
    private final int port;
    private final Path folder;

    private RegeneratorSubject(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
    }

    public static BenchmarkSubject.Kind kind() {
        return new BenchmarkSubject.Kind() {
            @Override
            public String name() {
                return "regenerate";
            }

            @Override
            public int limit() {
                return LIMIT;
            }

            @Override
            public BenchmarkSubject start(String engineAddress) throws IOException {
                return RegeneratorSubject.start(engineAddress);
            }
        };
    }

    private static RegeneratorSubject start(String engineAddress) throws IOException {
        Path folder = Files.createTempDirectory("ilr-");
        int port = PortAllocator.next();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // The options of Interlock's own start script.
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConfigRegenerator.class.getName(),
                        engineAddress,
                        Integer.toString(port),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new RegeneratorSubject(process, port, folder);
    }

    @Override
    public String name() {
        return kind().name();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public List<Long> controllers() {
        return List.of(process.pid());
    }

    @Override
    public List<Long> proxies() {
        return SystemProcesses.mentioning(folder.resolve("proxy.cfg").toString()).stream()
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public OptionalInt reloads() throws IOException {
        Path count = folder.resolve("reloads");
        return OptionalInt.of(Files.exists(count) ? Integer.parseInt("0" + Files.readString(count)) : 0);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SystemProcesses.mentioning(folder.toString()).forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
