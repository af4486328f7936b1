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
 * How to drive an HAProxy that somebody else starts.
 *
 * @param layout the folder that both see at the same path
 * @param group who may use what is in the folder besides its owner, by name or number; empty: nobody
 * @param checker checks configurations before HAProxy loads them; empty: HAProxy finds out when it does
 * @param version the version that runs there, as far as is known
 * @param reloadTimeout the most that a check, and a reload until its proof, may take, each
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

    /** What its owner has to run. */
    public String command() {
        return "haproxy -W -S " + layout.masterSocket() + ",mode," + layout.socketMode() + " -f " + config();
    }

    /** A program of another version would refuse what that one takes, or take what it refuses. */
    Optional<ConfigValidator> validator() {
        return checker.filter(binary -> binary.version().equals(version))
                .map(binary -> new ConfigValidator(binary.path(), reloadTimeout));
    }

    FileAccess access() {
        return new FileAccess(group);
    }

    /** Makes the folder, in which HAProxy will make its sockets. */
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
