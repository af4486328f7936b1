package io.interlock.app.config;

import io.interlock.api.loadbalancer.ProxySettings;
import io.interlock.api.loadbalancer.TlsSettings;
import io.interlock.app.config.accesslog.AccessLogConfig;
import io.interlock.app.config.accesslog.AccessLogTarget;
import io.interlock.app.config.pem.PemSource;
import io.interlock.util.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Files that a configuration names, and whether their content changes. */
public final class NamedFiles {

    private static final String ABSENT = "-";
    private static final int LARGEST = 1 << 22;
    private static final int MOST_FILES = 1_000;

    private NamedFiles() {}

    /** Returns the files and folders that Interlock reads because a configuration names them. */
    public static Set<Path> of(InterlockConfig config) {
        Set<Path> files = new TreeSet<>();
        config.engines().forEach(engine -> files.addAll(of(engine)));
        files.addAll(of(config.proxy()));
        config.https().flatMap(HttpsConfig::acme).ifPresent(acme -> files.addAll(acme.trusted()));
        config.accessLog().stream()
                .map(AccessLogConfig::target)
                .flatMap(target -> target instanceof AccessLogTarget.SyslogServer server
                        ? server.authorities().stream()
                        : Stream.empty())
                .forEach(files::add);
        return files;
    }

    /** Returns the files and folders that load balancers read because the general settings name them. */
    public static Set<Path> of(ProxySettings settings) {
        Set<Path> files = new TreeSet<>();
        settings.listeners().errorPages().ifPresent(files::add);
        settings.tls().flatMap(TlsSettings::clients).ifPresent(clients -> files.add(clients.authorities()));
        return files;
    }

    /** Returns the files and folders that the connection to an engine needs. */
    public static Set<Path> of(EngineConfig engine) {
        Set<Path> files = new TreeSet<>();
        Stream.of(engine.clientCertificate(), engine.clientKey(), engine.ca())
                .flatMap(Optional::stream)
                .filter(PemSource.File.class::isInstance)
                .map(source -> ((PemSource.File) source).path())
                .forEach(files::add);
        return files;
    }

    /** Returns a digest of the content of each file; of a folder, of its files' names, sizes and times. */
    public static Map<Path, String> digests(Collection<Path> files) {
        Map<Path, String> digests = new TreeMap<>();
        files.forEach(file -> digests.put(file, digest(file)));
        return digests;
    }

    private static String digest(Path file) {
        if (Files.isDirectory(file)) {
            return stamp(file);
        }
        Sha256 digest = new Sha256();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = digest.through(OutputStream.nullOutputStream())) {
            out.write(in.readNBytes(LARGEST));
            return digest.hex();
        } catch (IOException e) {
            return ABSENT;
        }
    }

    /** Returns a text that differs once files were written or replaced, without reading them. */
    public static String stamps(Collection<Path> files) {
        StringBuilder stamps = new StringBuilder();
        files.forEach(
                file -> stamps.append(file).append(' ').append(stamp(file)).append('\n'));
        return stamps.toString();
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            String own = attributes.fileKey() + " " + attributes.lastModifiedTime() + " " + attributes.size();
            return attributes.isDirectory() ? own + " " + stampOfContent(file) : own;
        } catch (IOException | UncheckedIOException e) {
            return ABSENT;
        }
    }

    private static String stampOfContent(Path folder) throws IOException {
        try (Stream<Path> content = Files.walk(folder, 2)) {
            return content.filter(Files::isRegularFile)
                    .limit(MOST_FILES)
                    .sorted()
                    .map(file -> file + " " + stamp(file))
                    .toList()
                    .toString();
        }
    }
}
