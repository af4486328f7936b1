package io.interlock.haproxy.process;

import java.util.Optional;

/**
 * The process of HAProxy that serves.
 *
 * @param pid its process id: another one knows nothing of what this one was told
 * @param revision of what it has loaded; empty if it does not say
 */
public record Worker(long pid, Optional<String> revision) {

    /** Whether it has loaded just this. */
    public boolean serves(String wanted) {
        return revision.filter(wanted::equals).isPresent();
    }
}
