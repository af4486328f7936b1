package io.interlock.bench.subject;

import io.interlock.testsupport.distribution.ConfigFileBuilder;
import io.interlock.testsupport.distribution.InterlockProcess;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The packed distribution. */
public final class InterlockSubject implements BenchmarkSubject {

    private static final String HAPROXY = "interlock";
    private static final int NGINX_LIMIT = 1_000;

    private final String name;
    private final InterlockProcess process;

    private InterlockSubject(String name, InterlockProcess process) {
        this.name = name;
        this.process = process;
    }

    /** Interlock with its HAProxy plugin, and only an engine in its configuration. */
    public static BenchmarkSubject.Kind withHaproxy() {
        return new Kind(HAPROXY, Integer.MAX_VALUE, settings -> settings);
    }

    /** Interlock as {@link #withHaproxy}, with its statistics at this port. */
    public static BenchmarkSubject.Kind withStatisticsAt(int port) {
        return new Kind(
                HAPROXY,
                Integer.MAX_VALUE,
                settings -> settings.with(
                        file -> file.putObject("plugins").putObject("stats").put("port", port)));
    }

    /** Interlock with the nginx plugin only, which writes and loads everything again at each change. */
    public static BenchmarkSubject.Kind withNginx(Path jar) {
        return new Kind("interlock-nginx", NGINX_LIMIT, settings -> {
            Path folder = settings.folder().resolve("plugins");
            try {
                Files.createDirectory(folder);
                Files.copy(jar, folder.resolve(jar.getFileName().toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return settings.with(file -> file.put("plugins_dir", folder.toString())
                    .putObject("plugins")
                    .putObject("nginx")
                    .put("port", settings.port()));
        });
    }

    private record Kind(String name, int limit, UnaryOperator<ConfigFileBuilder> change)
            implements BenchmarkSubject.Kind {
        @Override
        public BenchmarkSubject start(String engineAddress) throws IOException {
            ConfigFileBuilder settings = ConfigFileBuilder.inNewFolder().engine("bench", engineAddress);
            return new InterlockSubject(name, InterlockProcess.start(change.apply(settings)));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return process.port();
    }

    @Override
    public List<Long> controllers() {
        return List.of(process.pid());
    }

    @Override
    public List<Long> proxies() {
        return SystemProcesses.mentioning(process.settings().folder().toString()).stream()
                .filter(handle -> handle.pid() != process.pid())
                // nginx' workers do not show the file that they were started with; their master does.
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .map(ProcessHandle::pid)
                .distinct()
                .toList();
    }

    @Override
    public OptionalInt reloads() {
        return name.equals(HAPROXY) ? OptionalInt.of(process.proxyReloads()) : OptionalInt.empty();
    }

    /** The socket of HAProxy's Runtime API; empty as long as there is none. */
    public Optional<Path> adminSocket() throws IOException {
        try (Stream<Path> files = Files.walk(process.settings().folder().resolve("data"))) {
            return files.filter(file -> file.endsWith("admin.sock")).findFirst();
        }
    }

    /** The file that HAProxy was started with. */
    public Path proxyConfig() {
        return process.settings().proxyConfig();
    }

    @Override
    public void close() throws IOException {
        try {
            process.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.close();
        }
    }
}
