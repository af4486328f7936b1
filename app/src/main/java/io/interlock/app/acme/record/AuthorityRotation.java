package io.interlock.app.acme.record;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Decides which of several authorities an attempt is made with. Pure. */
public final class AuthorityRotation {

    /** Failures with one authority, before another is tried. */
    private static final int FAILURES = 2;

    private AuthorityRotation() {}

    /**
     * The index of the authority for the next attempt. A pending order keeps its authority until every second failure.
     *
     * @param directories the directories of the authorities, the preferred one first
     */
    public static int first(List<URI> directories, IssuanceRecord record) {
        int failures = record.attempts().failures();
        Optional<Integer> pending = record.order()
                .map(order -> directories.indexOf(order.directory()))
                .filter(index -> index >= 0);
        return pending.map(index -> failures > 0 && failures % FAILURES == 0 ? index + 1 : index)
                        .orElse(failures / FAILURES)
                % directories.size();
    }
}
