package io.interlock.app.topology;

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
 * The second stage: which containers claim which name and path, and the groups that follow from it. Kept from one assembly to the
 * next, so that a change costs what it touches; the groups depend only on who claims now, never on how it came about.
 */
final class Claims {

    private final Map<Claim, List<Candidate>> claimantsByClaim = new HashMap<>();
    private final Map<List<Candidate>, SortedSet<Claim>> claimsByClaimants = new HashMap<>();
    private final Map<List<Candidate>, Group> groupsByClaimants = new HashMap<>();

    /**
     * What a change did to the groups; one of which something changed is in both.
     *
     * @param dropped are not there any more
     * @param added are there now
     */
    record Changes(List<Group> dropped, List<Group> added) {}

    /**
     * Takes over who claims no more and who claims now; a candidate that changed is in both.
     *
     * @param gone claimed until now
     * @param come did not claim until now
     */
    Changes change(Set<Candidate> gone, Collection<Candidate> come) {
        Map<Claim, List<Candidate>> added = new HashMap<>();
        gone.forEach(candidate -> candidate.claims().forEach(claim -> added.putIfAbsent(claim, new ArrayList<>(1))));
        come.forEach(candidate -> candidate
                .claims()
                .forEach(claim ->
                        added.computeIfAbsent(claim, any -> new ArrayList<>(1)).add(candidate)));
        Set<List<Candidate>> touched = new HashSet<>();
        added.forEach((claim, more) -> {
            List<Candidate> before = claimantsByClaim.getOrDefault(claim, List.of());
            List<Candidate> now = Stream.concat(
                            before.stream().filter(candidate -> !gone.contains(candidate)), more.stream())
                    .sorted()
                    .toList();
            move(claim, before, now);
            touched.add(before);
            touched.add(now);
        });
        Changes changes = new Changes(new ArrayList<>(), new ArrayList<>());
        touched.forEach(claimants -> {
            Group group = groupsByClaimants.remove(claimants);
            if (group != null) {
                changes.dropped().add(group);
            }
        });
        touched.forEach(claimants -> {
            SortedSet<Claim> wanted = claimsByClaimants.get(claimants);
            if (wanted != null) {
                Group group = Group.of(List.copyOf(wanted), claimants);
                groupsByClaimants.put(claimants, group);
                changes.added().add(group);
            }
        });
        return changes;
    }

    private void move(Claim claim, List<Candidate> before, List<Candidate> now) {
        SortedSet<Claim> left = claimsByClaimants.get(before);
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
