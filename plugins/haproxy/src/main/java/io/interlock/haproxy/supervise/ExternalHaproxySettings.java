package io.interlock.haproxy.supervise;

import io.interlock.haproxy.model.HaproxyPaths;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.process.ConfigValidator;
import io.interlock.haproxy.process.HaproxyBinary;
import io.interlock.util.FileAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings for an HAProxy that another program starts.
 *
 * @param layout the folder that both see at the same path
 * @param group the group that may use the folder in addition to its owner, by name or number; empty: none
 * @param checker validates configurations before HAProxy loads them; empty: only HAProxy does, when it loads them
 * @param version of the running HAProxy, as far as it is known
 * @param reloadTimeout the maximum time of a check, and of a reload until its proof, each
 */
public record ExternalHaproxySettings(
        HaproxyPaths layout,
        Optional<String> group,
        Optional<HaproxyBinary> checker,
        HaproxyVersion version,
        Duration reloadTimeout) {

    /** The configuration file. */
    public Path config() {
        return layout.directory().resolve("haproxy.cfg");
    }

    /** The command that the owner of HAProxy must run. */
    public String command() {
        return "haproxy -W -S " + layout.masterSocket() + ",mode," + layout.socketMode() + " -f " + config();
    }

    /**
     * The validator, if the checker has the version of the running HAProxy. A program of another version would refuse
     * what the running one accepts, or accept what it refuses.
     */
    Optional<ConfigValidator> validator() {
        return checker.filter(binary -> binary.version().equals(version))
                .map(binary -> new ConfigValidator(binary.path(), reloadTimeout));
    }

    FileAccess access() {
        return new FileAccess(group);
    }

    /** Creates the folder in which HAProxy creates its sockets. */
    void makeFolder() throws IOException {
        Path folder = layout.directory();
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        if (group.isPresent()) {
            access().apply(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
        }
    }
}
