package io.interlock.haproxy.plan;

import io.interlock.api.loadbalancer.ReloadCause;
import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.util.SortedDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds a place for each backend that needs one, and plans the steps for its servers and its health check. */
final class ServerStepPlanner {

    private static final int MOST_VARIANTS = 9;

    private final ProxyState served;
    private final Map<BackendDeclaration, Iterator<String>> freeSpares = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<RuntimeStep> steps = new ArrayList<>();
    private Optional<ReloadReason> obstacle = Optional.empty();

    ServerStepPlanner(ProxyState served) {
        this.served = served;
    }

    void plan(DesiredConfig desired) {
        for (SortedDiff.Change<BackendSpec> change :
                SortedDiff.between(served.applied().backends(), desired.backends())) {
            Optional<String> before = change.before().map(BackendSpec::name).flatMap(served::place);
            if (change.after().isEmpty()) {
                before.ifPresent(this::empty);
            } else {
                bring(change.after().get(), before);
            }
        }
    }

    /** The new places of backends, by the name of the backend. */
    Map<String, String> places() {
        return places;
    }

    List<RuntimeStep> steps() {
        return steps;
    }

    /** The change that only a reload can make; empty if there is none. */
    Optional<ReloadReason> obstacle() {
        return obstacle;
    }

    private void bring(BackendSpec backend, Optional<String> before) {
        if (before.isPresent() && served.registry().declares(before.get(), backend.declaration())) {
            fill(before.get(), backend);
            return;
        }
        Optional<String> place = findPlace(backend);
        if (place.isEmpty()) {
            obstruct(ReloadCause.NO_SPARE_BACKEND, backend.name());
            return;
        }
        places.put(backend.name(), place.get());
        fill(place.get(), backend);
        before.ifPresent(this::empty);
    }

    private Optional<String> findPlace(BackendSpec backend) {
        BackendDeclaration declaration = backend.declaration();
        if (served.registry().declares(backend.name(), declaration)) {
            return Optional.of(backend.name());
        }
        Optional<String> defaults = served.registry().defaults(declaration);
        if (defaults.isPresent()) {
            return add(backend, defaults.get());
        }
        Iterator<String> free = freeSpares.computeIfAbsent(
                declaration, key -> served.registry().freeSpares(key).iterator());
        return free.hasNext() ? Optional.of(free.next()) : Optional.empty();
    }

    /** Plans a backend of the same name, or of a variant of it while HAProxy has another one of that name. */
    private Optional<String> add(BackendSpec backend, String defaults) {
        for (int number = 1; number <= MOST_VARIANTS; number++) {
            String place = number == 1 ? backend.name() : backend.name() + ":" + number;
            if (served.registry().declares(place, backend.declaration())) {
                return Optional.of(place);
            }
            if (!served.registry().isDeclared(place)) {
                steps.add(new RuntimeStep.AddBackend(place, defaults));
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private void fill(String place, BackendSpec backend) {
        backend.check().ifPresent(check -> bring(HaproxyMap.CHECKS, place, check));
        if (SpareBackendPlanner.isSpare(place)) {
            bring(HaproxyMap.NAMES, place, backend.name());
        }
        Map<String, ServerSpec> there = served.servers(place);
        Set<String> kept = new HashSet<>();
        boolean sticky = backend.declaration().sticky();
        for (ServerSpec server : backend.servers()) {
            kept.add(bring(place, there, server, sticky));
        }
        there.keySet().stream().sorted().filter(name -> !kept.contains(name)).forEach(name -> remove(place, name));
    }

    private void bring(HaproxyMap map, String place, String value) {
        MapEntry.Key key = new MapEntry.Key(map, place);
        Optional<String> before = served.value(key);
        if (before.isEmpty()) {
            steps.add(new RuntimeStep.AddEntry(key, value));
        } else if (!before.get().equals(value)) {
            steps.add(new RuntimeStep.SetEntry(key, value));
        }
    }

    /**
     * Plans the steps for one server. HAProxy cannot change the id and the traits of a server, so a variant of the
     * server with another name replaces it.
     *
     * @return HAProxy's name of the server
     */
    private String bring(String place, Map<String, ServerSpec> there, ServerSpec desired, boolean sticky) {
        Optional<ServerSpec> free = Optional.empty();
        for (int number = 1; number <= MOST_VARIANTS; number++) {
            ServerSpec variant = desired.variant(number);
            ServerSpec before = there.get(variant.name());
            if (before != null && before.canBecome(desired)) {
                change(place, before, variant.numbered(before.id()), sticky);
                return variant.name();
            }
            if (before == null && free.isEmpty()) {
                free = Optional.of(variant);
            }
        }
        if (free.isEmpty()) {
            obstruct(ReloadCause.SERVER_CHANGED, "server " + place + "/" + desired.name());
            return desired.name();
        }
        steps.add(new RuntimeStep.AddServer(place, free.get().numbered(freeId(there, desired)), sticky));
        return free.get().name();
    }

    /** An id that no server at the place has, with the same place on the ring of a hash. */
    private static int freeId(Map<String, ServerSpec> there, ServerSpec desired) {
        Set<Integer> taken = there.values().stream().map(ServerSpec::id).collect(Collectors.toSet());
        int id = desired.id();
        while (taken.contains(id)) {
            id += ServerSpec.RING;
        }
        return id;
    }

    private void change(String place, ServerSpec before, ServerSpec desired, boolean sticky) {
        if (served.isLeftover(place, desired.name()) || !before.hasEndpointOf(desired)) {
            steps.add(new RuntimeStep.MoveServer(place, desired, sticky));
        } else if (before.weight() != desired.weight()) {
            steps.add(new RuntimeStep.SetServerWeight(place, desired.name(), desired.weight(), sticky));
        }
    }

    private void empty(String place) {
        for (HaproxyMap map : List.of(HaproxyMap.CHECKS, HaproxyMap.NAMES)) {
            MapEntry.Key key = new MapEntry.Key(map, place);
            served.value(key).ifPresent(value -> steps.add(new RuntimeStep.DeleteEntry(key)));
        }
        served.servers(place).keySet().stream().sorted().forEach(name -> remove(place, name));
    }

    private void remove(String place, String server) {
        if (!served.isLeftover(place, server)) {
            steps.add(new RuntimeStep.RemoveServer(place, server));
        }
    }

    private void obstruct(ReloadCause cause, String detail) {
        obstacle = obstacle.or(() -> Optional.of(new ReloadReason(cause, detail)));
    }
}
