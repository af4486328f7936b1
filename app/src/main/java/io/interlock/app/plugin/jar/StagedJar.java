package io.interlock.app.plugin.jar;

import io.interlock.pluginhost.JarInspection;
import io.interlock.pluginhost.PluginManifest;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;

/**
 * Complete jar of the plugins folder, in the state in which it was read. Each time a jar is read, a new object is
 * created.
 *
 * @param file its name in the folder
 * @param modified when it was last modified there
 * @param digest the digest of its content
 * @param copy a private copy, which never changes
 */
public record StagedJar(
        String file, FileTime modified, String digest, Path copy, PluginManifest manifest, JarInspection inspection) {

    /** Order of jars with one id; the jar to use comes last. */
    static final Comparator<StagedJar> BY_PREFERENCE = Comparator.comparing(
                    StagedJar::manifest, PluginManifest::compareVersion)
            .thenComparing(StagedJar::modified)
            .thenComparing(StagedJar::file);

    public String id() {
        return manifest.id();
    }

    public String version() {
        return manifest.version();
    }

    public boolean hasContentOf(StagedJar other) {
        return digest.equals(other.digest);
    }
}
