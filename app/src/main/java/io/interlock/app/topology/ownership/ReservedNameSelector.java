package io.interlock.app.topology.ownership;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.config.ownership.PatternIndex;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Selects the names that nobody serves and that a wildcard, an expression or the default of another owner would answer:
 * names whose last container ended a short time ago, and names that rules give to somebody.
 */
final class ReservedNameSelector {

    /** Names that answer for others. */
    private final Set<HostName> wide = new TreeSet<>();

    private final Map<ClaimedName, OwnerId> reserved = new TreeMap<>();
    private Set<HostName> names = Set.of();

    /** Takes over changed names. */
    void change(Set<ClaimedName> changed, Map<ClaimedName, NameTenure> tenures, OwnershipConfig ownership) {
        boolean widely = false;
        Set<HostName> concerned = new HashSet<>();
        for (ClaimedName claimed : changed) {
            if (claimed.listen().isPresent()) {
                continue;
            }
            concerned.add(claimed.name());
            if (!claimed.name().isExact()) {
                widely = true;
                NameTenure tenure = tenures.get(claimed);
                if (tenure != null && tenure.isServed()) {
                    wide.add(claimed.name());
                } else {
                    wide.remove(claimed.name());
                }
            }
        }
        if (widely) {
            concerned.addAll(ownership.names());
            tenures.forEach((claimed, tenure) -> {
                if (tenure.vacantSince().isPresent() && claimed.listen().isEmpty()) {
                    concerned.add(claimed.name());
                }
            });
        }
        boolean different = false;
        for (HostName name : concerned) {
            Optional<OwnerId> holder = wide.isEmpty() ? Optional.empty() : holder(name, tenures, ownership);
            ClaimedName claimed = ClaimedName.ofRequests(name);
            Optional<OwnerId> before = holder.isPresent()
                    ? Optional.ofNullable(reserved.put(claimed, holder.get()))
                    : Optional.ofNullable(reserved.remove(claimed));
            different |= before.isPresent() != holder.isPresent();
        }
        if (different) {
            names = new TreeSet<>(
                    reserved.keySet().stream().map(ClaimedName::name).toList());
        }
    }

    /** Returns the owner for whom a name must be reserved; empty if it need not be. */
    private Optional<OwnerId> holder(HostName name, Map<ClaimedName, NameTenure> tenures, OwnershipConfig ownership) {
        NameTenure tenure = tenures.get(ClaimedName.ofRequests(name));
        if (name.isAny() || name.isExpression() || (tenure != null && tenure.isServed())) {
            return Optional.empty();
        }
        Set<OwnerId> owners = tenure != null ? Set.of(tenure.holder()) : given(name, ownership);
        boolean others = answering(name)
                .findFirst()
                .filter(answer -> !isOf(answer, owners, tenures))
                .isPresent();
        return others ? owners.stream().findFirst() : Optional.empty();
    }

    private static Set<OwnerId> given(HostName name, OwnershipConfig ownership) {
        return ownership.names().contains(name) ? ownership.owners(name) : Set.of();
    }

    private static boolean isOf(HostName answer, Set<OwnerId> owners, Map<ClaimedName, NameTenure> tenures) {
        NameTenure tenure = tenures.get(ClaimedName.ofRequests(answer));
        return tenure != null && owners.contains(tenure.holder());
    }

    /** Returns the served names that would answer for a name, the strongest first. */
    private Stream<HostName> answering(HostName name) {
        Stream<HostName> wildcards = PatternIndex.covering(name).stream()
                .filter(pattern -> !pattern.equals(name) && !pattern.isAny() && wide.contains(pattern));
        Stream<HostName> expressions = wide.stream()
                .filter(HostName::isExpression)
                .filter(expression -> !name.isExact() || name.value().matches(expression.expression()));
        return Stream.of(wildcards, expressions, Stream.of(HostName.ANY).filter(wide::contains))
                .flatMap(some -> some);
    }

    Set<HostName> names() {
        return names;
    }

    Map<ClaimedName, OwnerId> holders() {
        return reserved;
    }
}
