package io.interlock.app.plugin;

import io.interlock.pluginhost.JarInspection;
import io.interlock.pluginhost.PluginManifest;
import io.interlock.pluginhost.UnusablePluginException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A private folder with copies of jars. Plugins are loaded from there: a jar that is overwritten under a running class
 * loader would take it, or the whole JVM, down. Not thread-safe.
 */
final class Staging implements AutoCloseable {

    private final Path folder;
    private long copies;

    /** Empties the folder, or makes it. */
    Staging(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        retain(Set.of());
    }

    /**
     * Copies a jar and looks at all of it.
     *
     * @throws IOException if it is damaged or not complete
     * @throws UnusablePluginException if there is no usable plugin in it
     */
    StagedJar stage(Path jar, FileTime modified) throws IOException, UnusablePluginException {
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
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
            in.transferTo(out);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /** Deletes all other copies. */
    void retain(Set<Path> copies) {
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
