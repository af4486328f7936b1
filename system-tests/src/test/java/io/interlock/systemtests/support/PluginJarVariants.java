package io.interlock.systemtests.support;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Creates variants of a plugin's jar, and puts them into their place at once, as a careful operator would. */
public final class PluginJarVariants {

    private PluginJarVariants() {}

    /** Copies the jar unchanged, in parts over an existing file, as {@code cp} does. */
    public static Path copy(Path jar, Path target) throws IOException {
        return Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Copies the jar with another version in its manifest. */
    public static Path withVersion(String version, Path jar, Path target) throws IOException {
        return change(jar, target, "Plugin-Version", version, "");
    }

    /** Copies the jar with another id in its manifest. */
    public static Path withId(String id, Path jar, Path target) throws IOException {
        return change(jar, target, "Plugin-Id", id, "");
    }

    /** Copies the jar without one of its files. */
    public static Path without(String entry, Path jar, Path target) throws IOException {
        return change(jar, target, "Plugin-Version", "9.9.9", entry);
    }

    private static Path change(Path jar, Path target, String attribute, String value, String leftOut)
            throws IOException {
        Path made = Files.createTempFile(
                Objects.requireNonNull(target.toAbsolutePath().getParent()), "made", ".tmp");
        try (JarFile from = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(from.getManifest());
            manifest.getMainAttributes().putValue(attribute, value);
            try (OutputStream file = Files.newOutputStream(made);
                    JarOutputStream to = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : from.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)
                            && !entry.getName().equals(leftOut)) {
                        to.putNextEntry(new JarEntry(entry.getName()));
                        from.getInputStream(entry).transferTo(to);
                        to.closeEntry();
                    }
                }
            }
        }
        return Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
