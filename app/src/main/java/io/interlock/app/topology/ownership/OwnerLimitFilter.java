package io.interlock.app.topology.ownership;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.ownership.OwnerLimits;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.ClaimRefusal;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Applies the limits that rules set for all containers of an owner. Older containers come first. A change costs what it
 * touches, or, for an owner whose containers ask for more than its limits, what these containers cost. Confined to one
 * thread.
 */
final class OwnerLimitFilter {

    private final Map<OwnerId, OwnerDemand> demands = new HashMap<>();
    /** Owners beyond their limits. */
    private final Map<OwnerId, Admission> admissions = new TreeMap<>();

    private OwnershipConfig ownership = OwnershipConfig.DEFAULT;
    private List<Finding> findings = List.of();

    /**
     * Candidates within the limits.
     *
     * @param admitted by what they ask for: what they get
     */
    private record Admission(Map<ServerCandidate, ServerCandidate> admitted, List<Finding> findings) {}

    /** Difference from the previous update. */
    record LimitedUpdate(Set<ServerCandidate> removed, List<ServerCandidate> added, List<Finding> findings) {}

    /** Candidates of one owner that come and go. */
    private record OwnerChange(Set<ServerCandidate> gone, Set<ServerCandidate> come) {
        OwnerChange() {
            this(new LinkedHashSet<>(), new LinkedHashSet<>());
        }
    }

    LimitedUpdate update(Set<ServerCandidate> gone, Collection<ServerCandidate> come, OwnershipConfig rules) {
        Map<OwnerId, OwnerChange> changes = new TreeMap<>();
        gone.forEach(candidate -> change(candidate.owner(), changes).gone().add(candidate));
        come.forEach(candidate -> change(candidate.owner(), changes).come().add(candidate));
        if (!rules.fingerprint().equals(ownership.fingerprint())) {
            demands.keySet().forEach(owner -> change(owner, changes));
        }
        ownership = rules;
        LimitedUpdate update = new LimitedUpdate(new HashSet<>(), new ArrayList<>(), List.of());
        boolean isTold = false;
        for (Map.Entry<OwnerId, OwnerChange> change : changes.entrySet()) {
            isTold |= apply(change.getKey(), change.getValue(), update);
        }
        if (isTold) {
            findings = admissions.values().stream()
                    .flatMap(admission -> admission.findings().stream())
                    .toList();
        }
        return new LimitedUpdate(update.removed(), update.added(), findings);
    }

    private static OwnerChange change(OwnerId owner, Map<OwnerId, OwnerChange> changes) {
        return changes.computeIfAbsent(owner, any -> new OwnerChange());
    }

    /** Returns whether the owner is or was beyond its limits. */
    private boolean apply(OwnerId owner, OwnerChange change, LimitedUpdate update) {
        OwnerDemand demand = demands.computeIfAbsent(owner, any -> new OwnerDemand());
        Admission before = admissions.remove(owner);
        change.gone().forEach(demand::remove);
        change.come().forEach(demand::add);
        if (demand.isEmpty()) {
            demands.remove(owner);
        }
        OwnerLimits limits = ownership.limits(owner);
        if (demand.isWithin(limits) && before == null) {
            update.removed().addAll(change.gone());
            update.added().addAll(change.come());
            return false;
        }
        Set<ServerCandidate> served = new LinkedHashSet<>(demand.candidates());
        if (!demand.isWithin(limits)) {
            Admission now = admit(demand, limits);
            admissions.put(owner, now);
            served = new LinkedHashSet<>(now.admitted().values());
        }
        Set<ServerCandidate> servedBefore = new HashSet<>();
        if (before == null) {
            servedBefore.addAll(demand.candidates());
            servedBefore.removeAll(change.come());
            servedBefore.addAll(change.gone());
        } else {
            servedBefore.addAll(before.admitted().values());
        }
        Set<ServerCandidate> stays = new HashSet<>(servedBefore);
        stays.retainAll(served);
        servedBefore.stream().filter(one -> !stays.contains(one)).forEach(update.removed()::add);
        served.stream().filter(one -> !stays.contains(one)).forEach(update.added()::add);
        return true;
    }

    private static Admission admit(OwnerDemand demand, OwnerLimits limits) {
        Map<ContainerKey, List<ServerCandidate>> containers = new LinkedHashMap<>();
        demand.candidates()
                .forEach(candidate -> containers
                        .computeIfAbsent(candidate.key(), any -> new ArrayList<>())
                        .add(candidate));
        Map<ServerCandidate, ServerCandidate> admitted = new LinkedHashMap<>();
        List<Finding> told = new ArrayList<>();
        Set<HostName> names = new HashSet<>();
        Set<HostName> expressions = new HashSet<>();
        long cost = 0;
        int count = 0;
        for (List<ServerCandidate> container : containers.values()) {
            long more = container.stream().mapToLong(OwnerDemand::hashing).sum();
            if (OwnerDemand.exceeds(limits.containers(), count + 1L)) {
                told.add(refused(container.getFirst(), Severity.LEFT_OUT, "containers", limits.containers()));
            } else if (more > 0 && OwnerDemand.exceeds(limits.hashCost(), OwnerDemand.millis(cost + more))) {
                told.add(refused(container.getFirst(), Severity.LEFT_OUT, "hash_cost", limits.hashCost()));
            } else {
                cost += more;
                count++;
                for (ServerCandidate candidate : container) {
                    List<HostName> within = candidate.names().all().stream()
                            .filter(name -> !name.isExpression()
                                    || takes(expressions, name, limits.expressions(), "expressions", candidate, told))
                            .filter(name -> takes(names, name, limits.names(), "names", candidate, told))
                            .toList();
                    if (within.size() == candidate.names().all().size()) {
                        admitted.put(candidate, candidate);
                    } else if (!within.isEmpty()) {
                        admitted.put(candidate, candidate.at(within));
                    }
                }
            }
        }
        return new Admission(admitted, told);
    }

    private static boolean takes(
            Set<HostName> taken,
            HostName name,
            OptionalInt limit,
            String what,
            ServerCandidate candidate,
            List<Finding> told) {
        if (taken.contains(name) || !OwnerDemand.exceeds(limit, taken.size() + 1L)) {
            taken.add(name);
            return true;
        }
        boolean alone = candidate.names().all().size() == 1;
        Finding finding = refused(candidate, alone ? Severity.LEFT_OUT : Severity.IGNORED, what, limit);
        told.add(new Finding(
                finding.severity(),
                finding.container(),
                finding.containerName(),
                ContainerField.HOSTNAME.key(),
                name.value(),
                finding.text(),
                Optional.of(new ClaimRefusal(candidate.owner(), name.value(), List.of()))));
        return false;
    }

    private static Finding refused(ServerCandidate candidate, Severity severity, String what, OptionalInt limit) {
        return new Finding(
                severity,
                candidate.key(),
                candidate.containerName(),
                "ownership",
                what,
                new FindingText(
                        candidate.owner() + " may have no more than " + limit.orElse(0) + " " + what.replace('_', ' ')
                                + " (\"most\" in \"ownership\" of the configuration), and older containers have them",
                        "not served",
                        "stop other containers of " + candidate.owner() + ", or have the operator raise the limit"),
                Optional.of(new ClaimRefusal(candidate.owner(), what, List.of())));
    }
}
