package io.interlock.pluginhost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.pf4j.DefaultVersionManager;
import org.pf4j.VersionManager;

/**
 * Entries of a jar's manifest that describe its plugin.
 *
 * @param id {@code Plugin-Id}: 1 to 64 letters, digits, {@code _ . -}, beginning with a letter or a digit
 * @param version {@code Plugin-Version}, a semantic version
 * @param requires {@code Plugin-Requires}: the range of API versions for which the plugin was built; empty if it
 *     declares none
 */
public record PluginManifest(String id, String version, Optional<String> requires) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");
    private static final VersionManager VERSIONS = new DefaultVersionManager();

    /**
     * Reads the manifest of a jar. Runs no code of the jar.
     *
     * @throws UnusablePluginException if the jar contains no plugin, or its manifest has invalid entries
     * @throws IOException if the file cannot be read or is not a jar
     */
    public static PluginManifest read(Path jar) throws UnusablePluginException, IOException {
        Attributes attributes = attributes(jar);
        String id = value(attributes, "Plugin-Id")
                .orElseThrow(() -> new UnusablePluginException("is no plugin: it has no Plugin-Id in its manifest"));
        if (!ID.matcher(id).matches()) {
            throw new UnusablePluginException(
                    "has a Plugin-Id that is none, expected 1 to 64 letters, digits, _ . -, beginning with a letter"
                            + " or a digit");
        }
        String version = value(attributes, "Plugin-Version")
                .orElseThrow(() -> new UnusablePluginException("has no Plugin-Version in its manifest"));
        PluginManifest manifest = new PluginManifest(id, version, value(attributes, "Plugin-Requires"));
        manifest.check();
        return manifest;
    }

    private void check() throws UnusablePluginException {
        try {
            int unused = compareVersion(this);
        } catch (RuntimeException e) {
            throw new UnusablePluginException(
                    "has a Plugin-Version that is no semantic version, expected one such as 1.2.3", e);
        }
        boolean unused = accepts("0.0.0");
    }

    private static Attributes attributes(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        }
    }

    private static Optional<String> value(Attributes attributes, String name) {
        return Optional.ofNullable(attributes.getValue(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * Returns whether the plugin was built for this version of the API.
     *
     * @throws UnusablePluginException if the range is invalid
     */
    public boolean accepts(String apiVersion) throws UnusablePluginException {
        try {
            return requires.isEmpty() || VERSIONS.checkVersionConstraint(apiVersion, requires.get());
        } catch (RuntimeException e) {
            throw new UnusablePluginException(
                    "has a Plugin-Requires that is no range of versions, expected one such as >=2.0.0 & <3.0.0", e);
        }
    }

    /**
     * Compares versions, as in semantic versioning.
     *
     * @throws IllegalArgumentException if a version is invalid; versions from {@link #read} are always valid
     */
    public int compareVersion(PluginManifest other) {
        return VERSIONS.compareVersions(version, other.version);
    }
}
