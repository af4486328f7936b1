package io.interlock.haproxy.runtime;

import java.util.Optional;

/**
 * The process of HAProxy that serves.
 *
 * @param pid its process id: another one knows nothing of what this one was told
 * @param revision of what it has loaded; empty if it does not say
 */
public record HaproxyWorker(long pid, Optional<String> revision) {

    /** Whether it has loaded just this. */
    public boolean serves(String wanted) {
        return revision.filter(wanted::equals).isPresent();
    }
}
