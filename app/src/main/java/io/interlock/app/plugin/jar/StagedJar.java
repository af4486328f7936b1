package io.interlock.app.plugin.jar;

import io.interlock.pluginhost.JarInspection;
import io.interlock.pluginhost.PluginManifest;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;

/**
 * A whole jar of the plugins folder, as it was when it was read. Each reading is one of its own.
 *
 * @param file its name in the folder
 * @param modified when it was last modified there
 * @param digest of its content
 * @param copy a private copy, which never changes
 */
public record StagedJar(
        String file, FileTime modified, String digest, Path copy, PluginManifest manifest, JarInspection inspection) {

    /** Of jars of one id, the one to use comes last. */
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
