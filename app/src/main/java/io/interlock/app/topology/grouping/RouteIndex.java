package io.interlock.app.topology.grouping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Second stage of the topology: index of the containers by the route keys that they ask for, and of the backend groups
 * that follow from it. Kept from one assembly to the next, so that a change costs what it touches. The groups depend
 * only on the current candidates, never on the order of changes.
 */
public final class RouteIndex {

    private final Map<RouteKey, List<ServerCandidate>> claimantsByClaim = new HashMap<>();
    private final Map<List<ServerCandidate>, SortedSet<RouteKey>> claimsByClaimants = new HashMap<>();
    private final Map<List<ServerCandidate>, BackendGroup> groupsByClaimants = new HashMap<>();

    /**
     * Changes of the groups. A group with changes is in both lists.
     *
     * @param removed groups that no longer exist
     * @param added groups that exist from now on
     */
    public record GroupChanges(List<BackendGroup> removed, List<BackendGroup> added) {}

    /**
     * Takes over changed candidates. A candidate with changes is in both collections.
     *
     * @param gone candidates that were present until now
     * @param come candidates that are new
     */
    public GroupChanges change(Set<ServerCandidate> gone, Collection<ServerCandidate> come) {
        Map<RouteKey, List<ServerCandidate>> added = new HashMap<>();
        gone.forEach(candidate -> candidate.routeKeys().forEach(claim -> added.putIfAbsent(claim, new ArrayList<>(1))));
        come.forEach(candidate -> candidate
                .routeKeys()
                .forEach(claim ->
                        added.computeIfAbsent(claim, any -> new ArrayList<>(1)).add(candidate)));
        Set<List<ServerCandidate>> touched = new HashSet<>();
        added.forEach((claim, more) -> {
            List<ServerCandidate> before = claimantsByClaim.getOrDefault(claim, List.of());
            List<ServerCandidate> now = Stream.concat(
                            before.stream().filter(candidate -> !gone.contains(candidate)), more.stream())
                    .sorted()
                    .toList();
            move(claim, before, now);
            touched.add(before);
            touched.add(now);
        });
        GroupChanges changes = new GroupChanges(new ArrayList<>(), new ArrayList<>());
        touched.forEach(candidates -> {
            BackendGroup group = groupsByClaimants.remove(candidates);
            if (group != null) {
                changes.removed().add(group);
            }
        });
        touched.forEach(candidates -> {
            SortedSet<RouteKey> desired = claimsByClaimants.get(candidates);
            if (desired != null) {
                BackendGroup group = BackendGroup.of(List.copyOf(desired), candidates);
                groupsByClaimants.put(candidates, group);
                changes.added().add(group);
            }
        });
        return changes;
    }

    private void move(RouteKey claim, List<ServerCandidate> before, List<ServerCandidate> now) {
        SortedSet<RouteKey> left = claimsByClaimants.get(before);
        if (left != null) {
            left.remove(claim);
            if (left.isEmpty()) {
                claimsByClaimants.remove(before);
            }
        }
        if (now.isEmpty()) {
            claimantsByClaim.remove(claim);
        } else {
            claimantsByClaim.put(claim, now);
            claimsByClaimants.computeIfAbsent(now, any -> new TreeSet<>()).add(claim);
        }
    }
}
