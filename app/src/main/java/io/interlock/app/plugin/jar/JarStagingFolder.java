package io.interlock.app.plugin.jar;

import io.interlock.pluginhost.JarInspection;
import io.interlock.pluginhost.PluginManifest;
import io.interlock.pluginhost.UnusablePluginException;
import io.interlock.util.FileAccess;
import io.interlock.util.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Private folder with copies of jars. Plugins are loaded from the copies: overwriting a jar under a running class
 * loader would break the class loader, or the whole JVM. Not thread-safe.
 */
public final class JarStagingFolder implements AutoCloseable {

    /** Maximum number of bytes of a jar. */
    private static final long MAX_JAR = 256L << 20;

    private final Path folder;
    private long copies;

    /** Empties the folder, or creates it. */
    public JarStagingFolder(Path folder) throws IOException {
        this.folder = folder;
        FileAccess.PRIVATE.makeFolder(folder);
        retain(Set.of());
    }

    /**
     * Copies a jar and reads all of it.
     *
     * @throws IOException if the jar is damaged or not complete
     * @throws UnusablePluginException if there is no usable plugin in it
     */
    StagedJar stage(Path jar, FileTime modified) throws IOException, UnusablePluginException {
        if (Files.size(jar) > MAX_JAR) {
            throw new UnusablePluginException("it is larger than " + MAX_JAR + " bytes");
        }
        Path copy = folder.resolve(++copies + ".jar");
        boolean done = false;
        try {
            String digest = copy(jar, copy);
            JarInspection inspection = JarInspection.of(copy);
            PluginManifest manifest = PluginManifest.read(copy);
            done = true;
            return new StagedJar(String.valueOf(jar.getFileName()), modified, digest, copy, manifest, inspection);
        } finally {
            if (!done) {
                Files.deleteIfExists(copy);
            }
        }
    }

    private static String copy(Path from, Path to) throws IOException {
        Sha256 hash = new Sha256();
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = hash.through(Files.newOutputStream(to))) {
            in.transferTo(out);
        }
        return hash.hex();
    }

    /** Deletes all other copies. */
    public void retain(Set<Path> copies) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !copies.contains(file)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be cleared", e);
        }
    }

    @Override
    public void close() {
        retain(Set.of());
    }
}
