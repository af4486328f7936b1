package io.interlock.app.topology;

import io.interlock.api.topology.HostName;
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
 * The second stage: which containers claim which name, and the groups that follow from it. Kept from one assembly to the
 * next, so that a change costs what it touches; the groups depend only on who claims now, never on how it came about.
 */
final class Claims {

    private final Map<HostName, List<Candidate>> claimantsByName = new HashMap<>();
    private final Map<List<Candidate>, SortedSet<HostName>> namesByClaimants = new HashMap<>();
    private final Map<List<Candidate>, Group> groupsByClaimants = new HashMap<>();
    private final TreeMap<HostName, Group> groupsByFirstName = new TreeMap<>();

    /** By their first name. */
    Collection<Group> groups() {
        return groupsByFirstName.values();
    }

    /**
     * Takes over who claims no more and who claims now; a candidate that changed is in both.
     *
     * @param gone claimed until now
     * @param come did not claim until now
     */
    void change(Set<Candidate> gone, Collection<Candidate> come) {
        Map<HostName, List<Candidate>> added = new HashMap<>();
        gone.forEach(candidate -> candidate.names().all().forEach(name -> added.putIfAbsent(name, new ArrayList<>(1))));
        come.forEach(candidate -> candidate
                .names()
                .all()
                .forEach(name ->
                        added.computeIfAbsent(name, any -> new ArrayList<>(1)).add(candidate)));
        Set<List<Candidate>> touched = new HashSet<>();
        added.forEach((name, more) -> {
            List<Candidate> before = claimantsByName.getOrDefault(name, List.of());
            List<Candidate> now = Stream.concat(
                            before.stream().filter(candidate -> !gone.contains(candidate)), more.stream())
                    .sorted()
                    .toList();
            move(name, before, now);
            touched.add(before);
            touched.add(now);
        });
        touched.forEach(this::dropGroup);
        touched.forEach(this::addGroup);
    }

    private void move(HostName name, List<Candidate> before, List<Candidate> now) {
        SortedSet<HostName> left = namesByClaimants.get(before);
        if (left != null) {
            left.remove(name);
            if (left.isEmpty()) {
                namesByClaimants.remove(before);
            }
        }
        if (now.isEmpty()) {
            claimantsByName.remove(name);
        } else {
            claimantsByName.put(name, now);
            namesByClaimants.computeIfAbsent(now, any -> new TreeSet<>()).add(name);
        }
    }

    private void dropGroup(List<Candidate> claimants) {
        Group group = groupsByClaimants.remove(claimants);
        if (group != null) {
            groupsByFirstName.remove(group.names().getFirst());
        }
    }

    private void addGroup(List<Candidate> claimants) {
        SortedSet<HostName> names = namesByClaimants.get(claimants);
        if (names != null) {
            Group group = Group.of(List.copyOf(names), claimants);
            groupsByClaimants.put(claimants, group);
            groupsByFirstName.put(group.names().getFirst(), group);
        }
    }
}
