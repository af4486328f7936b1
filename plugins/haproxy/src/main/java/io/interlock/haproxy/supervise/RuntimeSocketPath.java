package io.interlock.haproxy.supervise;

import io.interlock.haproxy.render.RenderedConfig;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The admin socket's file, which somebody may have removed. HAProxy takes sockets over from the worker before if their
 * paths are spelt alike, whether there is a file or not; another spelling of the same place makes it bind anew.
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

    /** The same for an HAProxy that starts. */
    RenderedConfig forStart(RenderedConfig wanted) {
        speltOtherwise = false;
        return wanted;
    }

    /** The same for an HAProxy that reloads: afterwards there is a file. */
    RenderedConfig forReload(RenderedConfig wanted) {
        if (!exists()) {
            speltOtherwise = !speltOtherwise;
        }
        return speltOtherwise
                ? new RenderedConfig(
                        wanted.revision(),
                        wanted.config().replace(path.toString(), otherSpelling),
                        wanted.maps(),
                        wanted.desired(),
                        wanted.spares())
                : wanted;
    }
}
