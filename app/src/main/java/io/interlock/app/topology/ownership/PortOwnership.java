package io.interlock.app.topology.ownership;

import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about names at a port whose connections all go to the containers of one owner. For the name of another owner,
 * the load balancer would have to wait for the name in each connection: a protocol in which the server speaks first
 * would halt.
 */
final class PortOwnership {

    private final Map<ClaimedName, NameTenure> tenures;
    private final Map<ClaimedName, Set<ClaimedName>> namesByWholePort = new HashMap<>();

    /**
     * @param tenures the names that belong to somebody, as they change
     */
    PortOwnership(Map<ClaimedName, NameTenure> tenures) {
        this.tenures = tenures;
    }

    /** Takes over a settled name. Returns the candidates at other names that are concerned. */
    Collection<ServerCandidate> settle(ClaimedName name, NameTenure tenure) {
        name.wholePort().ifPresent(port -> {
            if (tenure.isFree()) {
                namesByWholePort.computeIfPresent(port, (any, names) -> {
                    names.remove(name);
                    return names.isEmpty() ? null : names;
                });
            } else {
                namesByWholePort
                        .computeIfAbsent(port, any -> new LinkedHashSet<>())
                        .add(name);
            }
        });
        return !tenure.isDisturbed()
                ? Set.of()
                : namesByWholePort.getOrDefault(name, Set.of()).stream()
                        .flatMap(other -> tenure(other).candidates().stream())
                        .toList();
    }

    /** Returns the other owner that had all connections to the port before anybody had the name. */
    Optional<OwnerId> ownerOfPort(ClaimedName name, ServerCandidate candidate) {
        return name.wholePort()
                .map(tenures::get)
                .filter(whole -> whole.vacantSince().isEmpty() && whole.isOlderThan(tenure(name)))
                .map(NameTenure::holder)
                .filter(owner ->
                        !owner.equals(candidate.owner()) && !candidate.owner().equals(OwnerId.OPERATOR));
    }

    private NameTenure tenure(ClaimedName name) {
        return Objects.requireNonNull(tenures.get(name));
    }
}
