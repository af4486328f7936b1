package io.interlock.haproxy.supervise;

import io.interlock.haproxy.render.RenderedConfig;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Path of the admin socket, whose file may have been removed by another program. HAProxy inherits sockets from the
 * previous worker if their paths are spelled the same, whether the file exists or not; another spelling of the same
 * path makes it bind again.
 */
final class RuntimeSocketPath {

    private final Path path;
    private final String otherSpelling;
    private boolean speltOtherwise;

    RuntimeSocketPath(Path path) {
        this.path = path;
        this.otherSpelling = path.getParent() + "/./" + path.getFileName();
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Returns the configuration for a start. */
    RenderedConfig forStart(RenderedConfig desired) {
        speltOtherwise = false;
        return desired;
    }

    /** Returns the configuration for a reload, after which the file exists. */
    RenderedConfig forReload(RenderedConfig desired) {
        if (!exists()) {
            speltOtherwise = !speltOtherwise;
        }
        return speltOtherwise
                ? new RenderedConfig(
                        desired.revision(),
                        desired.config().replace(path.toString(), otherSpelling),
                        desired.maps(),
                        desired.desired(),
                        desired.spares())
                : desired;
    }
}
