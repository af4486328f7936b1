package io.interlock.haproxy.runtime;

import java.util.Optional;

/**
 * Worker process of HAProxy that serves.
 *
 * @param pid its process id; a worker with another id has none of the changes that were made at run time
 * @param revision of the configuration that it has loaded; empty if it does not report one
 */
public record HaproxyWorker(long pid, Optional<String> revision) {

    /** Whether the worker has loaded exactly this revision. */
    public boolean serves(String desired) {
        return revision.filter(desired::equals).isPresent();
    }
}
