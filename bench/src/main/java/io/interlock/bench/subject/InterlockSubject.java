package io.interlock.bench.subject;

import io.interlock.systemtests.support.InterlockProcess;
import io.interlock.systemtests.support.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The packed distribution. */
public final class InterlockSubject implements Subject {

    private final String name;
    private final InterlockProcess process;

    private InterlockSubject(String name, InterlockProcess process) {
        this.name = name;
        this.process = process;
    }

    /** With its HAProxy plugin, and nothing but an engine in its configuration. */
    public static Subject.Kind withHaproxy() {
        return kind("interlock", UnaryOperator.identity());
    }

    /** With the nginx plugin instead, a jar. */
    public static Subject.Kind withNginx(Path jar) {
        return kind("interlock-nginx", settings -> settings.with(file -> {
            file.put("plugins_dir", pluginFolder(settings, jar).toString());
            // The file name says what the proxy's processes are found by.
            file.put("proxy_config_path", settings.proxyConfig().toString());
        }));
    }

    private static Path pluginFolder(Settings settings, Path jar) {
        try {
            Path folder = Files.createDirectory(settings.folder().resolve("plugins"));
            Files.copy(jar, folder.resolve(jar.getFileName().toString()));
            return folder;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Subject.Kind kind(String name, UnaryOperator<Settings> change) {
        return new Subject.Kind() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public int limit() {
                return Integer.MAX_VALUE;
            }

            @Override
            public Subject start(String engineAddress) throws IOException {
                Settings settings = Settings.inNewFolder().engine("bench", engineAddress);
                return new InterlockSubject(name, InterlockProcess.start(change.apply(settings)));
            }
        };
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
        return process.proxyProcesses().stream().map(ProcessHandle::pid).toList();
    }

    @Override
    public int reloads() {
        return process.proxyReloads();
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

    /** What it has logged. */
    public String log() {
        return process.log();
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
