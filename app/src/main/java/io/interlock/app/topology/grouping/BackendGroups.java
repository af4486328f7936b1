package io.interlock.app.topology.grouping;

import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.TopologyBuilder;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.topology.findings.Finding;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The topology of all backend groups. Kept from one assembly to the next, so that a change costs what it touches. If
 * one of several groups that share names, by paths or conditions, changes, then all shared names are assembled again.
 */
public final class BackendGroups {

    private final TopologyBuilder builder = new TopologyBuilder();
    /** Groups that get all requests that no other group asks for, by each of their names. */
    private final Map<HostName, BackendGroup> whole = new HashMap<>();
    /** Groups that get only some of the requests for their names, by first route key. */
    private final TreeMap<RouteKey, BackendGroup> partial = new TreeMap<>();

    private final TreeMap<RouteKey, BackendGroup> ofPorts = new TreeMap<>();
    private final TreeMap<RouteKey, BackendGroup> telling = new TreeMap<>();

    /** Groups that share a name with another group. */
    private Set<BackendGroup> sharing = Set.of();

    private List<VirtualHost> shared = List.of();
    private Set<HostName> sharedNames = Set.of();
    private Topology topology = Topology.EMPTY;
    private Set<ClaimedName> reserved = Set.of();
    private NameReservation reservation = NameReservation.NONE;
    private boolean reservationsChanged;

    /**
     * Answers names with 503, and at ports not at all. Takes effect with the next change of the groups, which may be none.
     *
     * @param names names without groups after that change
     */
    public void reserve(Set<ClaimedName> names) {
        if (names.equals(reserved)) {
            return;
        }
        reservation.virtualHost().ifPresent(builder::remove);
        reservation.backends().forEach(builder::remove);
        reserved = names;
        reservation = NameReservation.of(names);
        reservationsChanged = true;
    }

    /** Takes over the changes of the groups. */
    public void change(RouteIndex.GroupChanges changes) {
        if (changes.removed().isEmpty() && changes.added().isEmpty() && !reservationsChanged) {
            return;
        }
        boolean sharesConcerned = changes.removed().stream().anyMatch(sharing::contains)
                || changes.added().stream().anyMatch(this::shares);
        boolean portsConcerned = Stream.of(changes.removed(), changes.added())
                .flatMap(List::stream)
                .anyMatch(BackendGroups::isOfPort);
        changes.removed().forEach(this::drop);
        if (sharesConcerned) {
            separate();
        }
        changes.added().forEach(this::add);
        if (sharesConcerned) {
            share();
        }
        if (reservationsChanged) {
            reservation.backends().forEach(builder::put);
            reservation.virtualHost().ifPresent(builder::put);
        }
        if (portsConcerned || reservationsChanged) {
            builder.tcpListeners(TcpListenerAssembler.of(ofPorts.values(), reservation));
        }
        reservationsChanged = false;
        topology = builder.build();
    }

    /** Returns the topology; the same object as long as nothing changed. */
    public Topology topology() {
        return topology;
    }

    /** Returns the findings about containers that contradict each other. */
    public List<Finding> findings() {
        return telling.values().stream()
                .flatMap(group -> group.findings().stream())
                .toList();
    }

    private void drop(BackendGroup group) {
        builder.remove(group.backend());
        telling.remove(group.firstRouteKey());
        if (isOfPort(group)) {
            ofPorts.remove(group.firstRouteKey());
        } else if (isPartial(group)) {
            partial.remove(group.firstRouteKey());
        } else {
            group.names().forEach(name -> whole.remove(name, group));
            if (!sharing.contains(group)) {
                builder.remove(group.virtualHost());
            }
        }
    }

    private void add(BackendGroup group) {
        builder.put(group.backend());
        if (!group.findings().isEmpty()) {
            telling.put(group.firstRouteKey(), group);
        }
        if (isOfPort(group)) {
            ofPorts.put(group.firstRouteKey(), group);
        } else if (isPartial(group)) {
            partial.put(group.firstRouteKey(), group);
        } else {
            group.names().forEach(name -> whole.put(name, group));
            builder.put(group.virtualHost());
        }
    }

    /** Restores the virtual hosts of the groups as if they shared no names. */
    private void separate() {
        shared.forEach(builder::remove);
        sharing.stream().filter(this::isWhole).forEach(group -> builder.put(group.virtualHost()));
    }

    /** Assembles the virtual hosts of the names that several groups share. */
    private void share() {
        Set<HostName> divided = new HashSet<>();
        partial.values().forEach(group -> divided.addAll(group.names()));
        TreeMap<RouteKey, BackendGroup> sharers = new TreeMap<>(partial);
        for (HostName name : divided) {
            BackendGroup group = whole.get(name);
            if (group != null) {
                sharers.put(group.firstRouteKey(), group);
            }
        }
        sharers.values().stream().filter(this::isWhole).forEach(group -> builder.remove(group.virtualHost()));
        sharing = Collections.newSetFromMap(new IdentityHashMap<>());
        sharing.addAll(sharers.values());
        shared = VirtualHostAssembler.of(sharers.values());
        sharedNames = new HashSet<>();
        shared.forEach(host -> sharedNames.addAll(host.hostNames()));
        shared.forEach(builder::put);
    }

    /** Whether a new group shares names with other groups. */
    private boolean shares(BackendGroup group) {
        return isPartial(group) || (!isOfPort(group) && group.names().stream().anyMatch(sharedNames::contains));
    }

    /** Whether the group is present and gets all requests that no other group asks for. */
    private boolean isWhole(BackendGroup group) {
        return !isOfPort(group)
                && !isPartial(group)
                && group.equals(whole.get(group.names().getFirst()));
    }

    private static boolean isOfPort(BackendGroup group) {
        return group.scope().listen().isPresent();
    }

    private static boolean isPartial(BackendGroup group) {
        return !isOfPort(group) && !group.takesEverything();
    }
}
