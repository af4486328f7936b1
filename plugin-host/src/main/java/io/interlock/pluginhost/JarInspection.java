package io.interlock.pluginhost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Result of the inspection of a plugin's jar, which runs none of its code.
 *
 * @param extensions the classes in its index of extensions; empty if there is no index, or an empty one
 * @param missing extensions that are not in the jar
 * @param bundled a class of the host of which the jar has a copy; empty if there is none
 */
public record JarInspection(List<String> extensions, List<String> missing, Optional<String> bundled) {

    /** File in which PF4J's annotation processor lists the classes with {@code @Extension}. */
    public static final String INDEX = "META-INF/extensions.idx";

    /** Maximum number of bytes of the unpacked content. */
    static final long MAX_CONTENT = 512L << 20;

    private static final int BUFFER = 16_384;

    public JarInspection {
        extensions = List.copyOf(extensions);
        missing = List.copyOf(missing);
    }

    /**
     * Reads the whole jar.
     *
     * @throws IOException if it is damaged or incomplete, or unpacks to more than 512 MiB
     */
    public static JarInspection of(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Optional<String> bundled = Optional.empty();
            long left = MAX_CONTENT;
            for (JarEntry entry : file.stream().toList()) {
                left = read(file, entry, left);
                bundled = bundled.or(() -> hostClass(entry));
            }
            List<String> extensions = extensions(file);
            return new JarInspection(
                    extensions,
                    extensions.stream()
                            .filter(name -> file.getEntry(name.replace('.', '/') + ".class") == null)
                            .toList(),
                    bundled);
        }
    }

    /** Returns what is wrong with the jar although it can be used; empty if nothing is wrong. */
    public Optional<String> flaw() {
        return bundled.map(name -> "has a copy of " + name
                + " in its jar, which is not used: give what the host provides the scope \"provided\"");
    }

    /** Reads an entry to its end, which verifies its checksum. Returns the number of bytes that are still allowed. */
    private static long read(JarFile file, JarEntry entry, long most) throws IOException {
        byte[] part = new byte[BUFFER];
        long left = most;
        try (InputStream in = file.getInputStream(entry)) {
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                left -= count;
                if (left < 0) {
                    throw new IOException("it unpacks to more than " + MAX_CONTENT + " bytes");
                }
            }
        }
        return left;
    }

    private static Optional<String> hostClass(ZipEntry entry) {
        return Optional.of(entry.getName())
                .filter(name -> name.endsWith(".class"))
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .filter(ApiClassLoader::isShared);
    }

    private static List<String> extensions(JarFile file) throws IOException {
        ZipEntry index = file.getEntry(INDEX);
        if (index == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (InputStream in = file.getInputStream(index);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
