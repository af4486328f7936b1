package io.interlock.app.topology.ownership;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerId;
import java.util.Collection;
import java.util.stream.Collectors;

/** Words of findings about claims. */
final class ClaimText {

    private ClaimText() {}

    /** Says to whom a name belongs, and who asked for it. */
    static String belongs(HostName name, Collection<OwnerId> holders, String container, OwnerId owner) {
        return name
                + (holders.isEmpty()
                        ? " belongs to nobody"
                        : " belongs to " + holders.stream().map(OwnerId::name).collect(Collectors.joining(" and ")))
                + "; " + container + " of " + owner + " asked for it";
    }
}
