package io.interlock.app.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
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
    private final TreeMap<Claim, Group> groupsByFirstClaim = new TreeMap<>();

    /** By their first name, then by path. */
    Collection<Group> groups() {
        return groupsByFirstClaim.values();
    }

    /**
     * Takes over who claims no more and who claims now; a candidate that changed is in both.
     *
     * @param gone claimed until now
     * @param come did not claim until now
     */
    void change(Set<Candidate> gone, Collection<Candidate> come) {
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
        touched.forEach(this::dropGroup);
        touched.forEach(this::addGroup);
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

    private void dropGroup(List<Candidate> claimants) {
        Group group = groupsByClaimants.remove(claimants);
        if (group != null) {
            groupsByFirstClaim.remove(group.firstClaim());
        }
    }

    private void addGroup(List<Candidate> claimants) {
        SortedSet<Claim> wanted = claimsByClaimants.get(claimants);
        if (wanted != null) {
            Group group = Group.of(List.copyOf(wanted), claimants);
            groupsByClaimants.put(claimants, group);
            groupsByFirstClaim.put(group.firstClaim(), group);
        }
    }
}
