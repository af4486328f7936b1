package io.interlock.api.status;

import io.interlock.api.Experimental;
import java.util.List;

/**
 * Owner of containers and host names.
 *
 * @param owner its name, from the operator's rules, or such as {@code project shop}
 * @param names the names that belong to it and are served or reserved: host names, and ports for TCP
 * @param refused the claims of its containers that do not stand now
 * @param refusals how many claims of its containers were refused since Interlock was started
 */
@Experimental
public record OwnerStatus(String owner, List<String> names, List<RefusedClaim> refused, long refusals) {

    /**
     * Claim to which the owner has no right.
     *
     * @param container the container as {@code ENGINE/ID}
     * @param containerName its name; printable
     * @param claimed a host name, path, port or field; untrusted
     * @param holders to whom it belongs; empty if to nobody
     * @param reason the reason and the effect
     */
    public record RefusedClaim(
            String container, String containerName, String claimed, List<String> holders, String reason) {
        public RefusedClaim {
            holders = List.copyOf(holders);
        }
    }

    public OwnerStatus {
        names = List.copyOf(names);
        refused = List.copyOf(refused);
    }
}
