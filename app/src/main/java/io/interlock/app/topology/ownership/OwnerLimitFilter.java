package io.interlock.app.topology.ownership;

import io.interlock.api.topology.BackendPolicy.BasicAuthentication;
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
import io.interlock.app.topology.options.PasswordHashCost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Applies the limits that rules set for all containers of an owner. Older containers come first. A change costs what the
 * owner's containers cost; owners without limits cost nothing. Confined to one thread.
 */
final class OwnerLimitFilter {

    private static final long MICROSECONDS = 1_000;

    private final Map<OwnerId, Set<ServerCandidate>> present = new HashMap<>();
    private final Map<OwnerId, Admission> admissions = new TreeMap<>();
    private List<Finding> findings = List.of();

    /**
     * Candidates within the limits.
     *
     * @param admitted by what they ask for: what they get
     */
    private record Admission(Map<ServerCandidate, ServerCandidate> admitted, List<Finding> findings) {}

    /** Difference from the previous update. */
    record LimitedUpdate(Set<ServerCandidate> removed, List<ServerCandidate> added, List<Finding> findings) {}

    LimitedUpdate update(Set<ServerCandidate> gone, Collection<ServerCandidate> come, OwnershipConfig ownership) {
        if (!ownership.hasLimits()) {
            return new LimitedUpdate(gone, List.copyOf(come), List.of());
        }
        Set<ServerCandidate> removed = new HashSet<>();
        List<ServerCandidate> added = new ArrayList<>();
        Set<OwnerId> touched = new TreeSet<>();
        for (ServerCandidate candidate : gone) {
            if (isLimited(candidate, ownership)) {
                touched.add(candidate.owner());
                ofOwner(candidate).remove(candidate);
            } else {
                removed.add(candidate);
            }
        }
        for (ServerCandidate candidate : come) {
            if (isLimited(candidate, ownership)) {
                touched.add(candidate.owner());
                ofOwner(candidate).add(candidate);
            } else {
                added.add(candidate);
            }
        }
        for (OwnerId owner : touched) {
            Admission now = admit(owner, ownership.limits(owner));
            Admission before = admissions.put(owner, now);
            Collection<ServerCandidate> served = new HashSet<>(now.admitted().values());
            Collection<ServerCandidate> servedBefore =
                    before == null ? Set.of() : new HashSet<>(before.admitted().values());
            servedBefore.stream().filter(one -> !served.contains(one)).forEach(removed::add);
            served.stream().filter(one -> !servedBefore.contains(one)).forEach(added::add);
        }
        if (!touched.isEmpty()) {
            findings = admissions.values().stream()
                    .flatMap(admission -> admission.findings().stream())
                    .toList();
        }
        return new LimitedUpdate(removed, added, findings);
    }

    private static boolean isLimited(ServerCandidate candidate, OwnershipConfig ownership) {
        return !ownership.limits(candidate.owner()).equals(OwnerLimits.NONE);
    }

    private Set<ServerCandidate> ofOwner(ServerCandidate candidate) {
        return present.computeIfAbsent(candidate.owner(), any -> new TreeSet<>(NameTenure.ORDER));
    }

    private Admission admit(OwnerId owner, OwnerLimits limits) {
        Map<ContainerKey, List<ServerCandidate>> containers = new LinkedHashMap<>();
        Objects.requireNonNull(present.get(owner))
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
            long more = container.stream().mapToLong(OwnerLimitFilter::hashing).sum();
            if (exceeds(limits.containers(), count + 1L)) {
                told.add(refused(container.getFirst(), Severity.LEFT_OUT, "containers", limits.containers()));
            } else if (more > 0 && exceeds(limits.hashCost(), (cost + more) / MICROSECONDS)) {
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

    /** Returns the microseconds that hashing a password of each user takes. */
    private static long hashing(ServerCandidate candidate) {
        return candidate
                .settings()
                .policy(BasicAuthentication.class)
                .map(setting -> PasswordHashCost.of((BasicAuthentication) setting.value()))
                .orElse(0L);
    }

    private static boolean exceeds(OptionalInt limit, long number) {
        return limit.isPresent() && number > limit.getAsInt();
    }

    private static boolean takes(
            Set<HostName> taken,
            HostName name,
            OptionalInt limit,
            String what,
            ServerCandidate candidate,
            List<Finding> told) {
        if (taken.contains(name) || !exceeds(limit, taken.size() + 1L)) {
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
