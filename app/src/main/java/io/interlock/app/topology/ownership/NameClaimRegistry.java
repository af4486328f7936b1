package io.interlock.app.topology.ownership;

import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.config.ownership.OwnershipConfig;
import io.interlock.app.topology.field.ContainerField;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.grouping.ClaimedName;
import io.interlock.app.topology.grouping.ServerCandidate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * Index of the claims on names, by owner. Decides which claims stand before containers are grouped into backends. As
 * long as a name has one owner, a change costs what it touches; otherwise, what asks for the names concerned. Confined
 * to one thread.
 */
public final class NameClaimRegistry {

    /** Names without containers that stay with their owner; beyond it the oldest become free early. */
    private static final int MAX_VACANT = 10_000;

    private final Map<ClaimedName, NameTenure> names = new HashMap<>();
    private final Map<ServerCandidate, ClaimDecision> decisions = new HashMap<>();
    /** Names whose owner has no container, in the order in which they became vacant. */
    private final Set<ClaimedName> vacant = new LinkedHashSet<>();

    private final PortOwnership ports = new PortOwnership(names);
    private final OwnerLimitFilter limits = new OwnerLimitFilter();
    private final ReservedNameSelector reserved = new ReservedNameSelector();
    /** Most candidates have no finding. */
    private final TreeMap<ServerCandidate, List<Finding>> telling = new TreeMap<>(NameTenure.ORDER);

    private List<Finding> findings = List.of();
    private PMap<ClaimedName, OwnerId> holders = HashTreePMap.empty();
    private TenureSnapshot tenures;
    private PMap<ClaimedName, TenureRecord> records;
    private boolean restores = true;

    /**
     * @param recorded whose each name was, if the rules are still the same
     */
    public NameClaimRegistry(TenureSnapshot recorded) {
        this.tenures = recorded;
        this.records = HashTreePMap.from(recorded.names());
    }

    /**
     * What a candidate may have.
     *
     * @param served the candidate at the names that it gets, once for each kind of right to them
     */
    private record ClaimDecision(List<ServerCandidate> served, List<Finding> findings) {
        static final ClaimDecision NOTHING = new ClaimDecision(List.of(), List.of());
    }

    /**
     * Takes over changed candidates. A candidate with changes is in both collections.
     *
     * @param gone candidates that were present until now
     * @param come candidates that are new
     * @param now never earlier than in the previous call
     */
    public ClaimUpdate update(
            Set<ServerCandidate> gone, Collection<ServerCandidate> come, OwnershipConfig ownership, Instant now) {
        OwnerLimitFilter.LimitedUpdate limited = limits.update(gone, come, ownership);
        ClaimUpdate standing = decide(limited.removed(), limited.added(), ownership, now);
        return limited.findings().isEmpty() ? standing : standing.with(limited.findings());
    }

    private ClaimUpdate decide(
            Set<ServerCandidate> gone, Collection<ServerCandidate> come, OwnershipConfig ownership, Instant now) {
        Map<ClaimedName, NameTenure> touched = new LinkedHashMap<>();
        Set<ServerCandidate> affected = new LinkedHashSet<>(gone);
        affected.addAll(come);
        if (restores) {
            restores = false;
            restore(ownership, now);
            vacant.forEach(name -> touch(name, touched));
        }
        if (!tenures.rules().equals(ownership.fingerprint())) {
            List.copyOf(names.keySet()).forEach(name -> touch(name, touched).forget());
            tenures = new TenureSnapshot(ownership.fingerprint(), Map.of(), Set.of());
            records = HashTreePMap.empty();
        }
        vacant.stream()
                .takeWhile(name -> !now.isBefore(end(name, ownership)))
                .toList()
                .forEach(name -> touch(name, touched));
        vacant.stream()
                .limit(Math.max(0, vacant.size() - MAX_VACANT))
                .toList()
                .forEach(name -> touch(name, touched).release());
        gone.forEach(candidate ->
                ClaimedName.of(candidate).forEach(name -> touch(name, touched).remove(candidate)));
        come.forEach(candidate ->
                ClaimedName.of(candidate).forEach(name -> touch(name, touched).add(candidate)));
        touched.forEach((name, tenure) -> settle(name, tenure, ownership, now, affected));
        record(touched.keySet());
        reserved.change(touched.keySet(), names, vacant, ownership);
        return decide(affected, Set.copyOf(come), ownership);
    }

    /** A name without containers comes back in the order in which it lost the last one. */
    private void restore(OwnershipConfig ownership, Instant now) {
        if (!tenures.rules().equals(ownership.fingerprint())) {
            return;
        }
        tenures.names().values().stream()
                .sorted(Comparator.comparing(recorded -> recorded.vacantSince().orElse(now)))
                .forEach(recorded -> {
                    names.put(recorded.name(), new NameTenure(recorded, now));
                    vacant.add(recorded.name());
                });
    }

    private void record(Set<ClaimedName> touched) {
        Set<ClaimedName> changed = new HashSet<>();
        for (ClaimedName name : touched) {
            NameTenure tenure = names.get(name);
            TenureRecord after = tenure == null ? null : tenure.toRecord(name);
            if (!Objects.equals(records.get(name), after)) {
                records = after == null ? records.minus(name) : records.plus(name, after);
                changed.add(name);
            }
        }
        tenures = new TenureSnapshot(tenures.rules(), records, changed);
    }

    private NameTenure touch(ClaimedName name, Map<ClaimedName, NameTenure> touched) {
        return touched.computeIfAbsent(name, any -> {
            NameTenure tenure = names.computeIfAbsent(name, unknown -> new NameTenure());
            tenure.begin();
            return tenure;
        });
    }

    private void settle(
            ClaimedName name,
            NameTenure tenure,
            OwnershipConfig ownership,
            Instant now,
            Set<ServerCandidate> affected) {
        tenure.settle(now, ownership.nameHold());
        if (tenure.isFree() || tenure.vacantSince().isEmpty()) {
            vacant.remove(name);
        } else {
            vacant.add(name);
        }
        affected.addAll(ports.settle(name, tenure));
        if (tenure.isFree()) {
            names.remove(name);
            holders = holders.minus(name);
            return;
        }
        holders = tenure.isServed() ? holders.plus(name, tenure.holder()) : holders.minus(name);
        if (tenure.isDisturbed()) {
            affected.addAll(tenure.candidates());
        }
    }

    private NameTenure tenure(ClaimedName name) {
        return Objects.requireNonNull(names.get(name));
    }

    private Instant end(ClaimedName name, OwnershipConfig ownership) {
        return tenure(name).vacantSince().orElse(Instant.MIN).plus(ownership.nameHold());
    }

    private ClaimUpdate decide(Set<ServerCandidate> affected, Set<ServerCandidate> come, OwnershipConfig ownership) {
        Set<ServerCandidate> removed = new HashSet<>();
        List<ServerCandidate> added = new ArrayList<>();
        boolean changed = false;
        for (ServerCandidate candidate : affected) {
            boolean present = come.contains(candidate) || isPresent(candidate);
            ClaimDecision before = decisions.getOrDefault(candidate, ClaimDecision.NOTHING);
            ClaimDecision after = present ? decide(candidate, ownership) : ClaimDecision.NOTHING;
            if (present) {
                decisions.put(candidate, after);
            } else {
                decisions.remove(candidate);
            }
            changed |= tell(candidate, before.findings(), after.findings());
            if (!before.served().equals(after.served())) {
                removed.addAll(before.served());
                added.addAll(after.served());
            }
        }
        if (changed) {
            findings = telling.values().stream().flatMap(List::stream).sorted().toList();
        }
        return new ClaimUpdate(removed, added, findings, reserved.names(), allHolders(), tenures, due(ownership));
    }

    private boolean isPresent(ServerCandidate candidate) {
        return ClaimedName.of(candidate).stream()
                .map(names::get)
                .anyMatch(tenure -> tenure != null && tenure.contains(candidate));
    }

    private ClaimDecision decide(ServerCandidate candidate, OwnershipConfig ownership) {
        List<ClaimedName> asked = ClaimedName.of(candidate);
        if (asked.stream()
                .allMatch(name -> tenure(name).holder().equals(candidate.owner())
                        && ports.ownerOfPort(name, candidate).isEmpty())) {
            return new ClaimDecision(List.of(candidate), List.of());
        }
        List<ClaimedName> own = new ArrayList<>();
        Map<SharedNamePlanner.SharedTerms, List<ClaimedName>> joined = new LinkedHashMap<>();
        List<Finding> told = new ArrayList<>();
        for (ClaimedName name : asked) {
            NameTenure tenure = tenure(name);
            OwnerId holder = tenure.holder();
            Optional<OwnerId> ofPort = ports.ownerOfPort(name, candidate);
            if (ofPort.isPresent()) {
                told.add(ClaimText.atPortOfOther(candidate, name, ofPort.get()));
            } else if (tenure.isClosedTo(candidate.owner())) {
                told.add(waiting(candidate, name, holder, end(name, ownership)));
            } else if (holder.equals(candidate.owner()) || tenure.vacantSince().isPresent()) {
                own.add(name);
            } else {
                SharedNamePlanner.SharedName share = SharedNamePlanner.plan(
                        candidate,
                        name,
                        holder,
                        tenure.ofHolder(),
                        ownership.hasRules() || holder.equals(OwnerId.OPERATOR));
                share.terms()
                        .ifPresent(terms -> joined.computeIfAbsent(terms, any -> new ArrayList<>())
                                .add(name));
                told.addAll(share.findings());
            }
        }
        List<ServerCandidate> served = new ArrayList<>();
        if (!own.isEmpty()) {
            served.add(candidate.at(own.stream().map(ClaimedName::name).toList()));
        }
        joined.forEach((terms, at) -> served.add(
                candidate.joining(at.stream().map(ClaimedName::name).toList(), terms.settings(), terms.mostWeight())));
        return new ClaimDecision(
                served,
                told.stream()
                        .map(finding -> served.isEmpty() ? ClaimText.asLeftOut(finding) : finding)
                        .toList());
    }

    private static Finding waiting(ServerCandidate candidate, ClaimedName name, OwnerId holder, Instant end) {
        return ClaimText.refused(
                Severity.WAITING,
                candidate,
                name,
                holder,
                ContainerField.HOSTNAME.key(),
                ClaimText.belongs(name, holder, candidate),
                "not served for it before " + end);
    }

    private boolean tell(ServerCandidate candidate, List<Finding> before, List<Finding> after) {
        if (after.isEmpty()) {
            telling.remove(candidate);
        } else {
            telling.put(candidate, after);
        }
        return !before.equals(after);
    }

    private Map<ClaimedName, OwnerId> allHolders() {
        return reserved.holders().isEmpty() ? holders : holders.plusAll(reserved.holders());
    }

    /** Returns when the first of the vacant names becomes free that somebody waits for, or that others would get. */
    private Optional<Instant> due(OwnershipConfig ownership) {
        Iterator<ClaimedName> waited = vacant.stream()
                .filter(name ->
                        !tenure(name).candidates().isEmpty() || reserved.names().contains(name))
                .iterator();
        return waited.hasNext() ? Optional.of(end(waited.next(), ownership)) : Optional.empty();
    }
}
