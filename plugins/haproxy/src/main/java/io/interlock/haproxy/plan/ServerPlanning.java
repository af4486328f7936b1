package io.interlock.haproxy.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a place for each backend that needs one, and the steps for its servers. */
final class ServerPlanning {

    private final Served served;
    private final Iterator<String> freeSpares;
    private final Map<String, String> places = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private Optional<String> obstacle = Optional.empty();

    ServerPlanning(Served served) {
        this.served = served;
        this.freeSpares = served.freeSpares().iterator();
    }

    void plan(Wanted wanted) {
        for (Changes.Change<BackendSpec> change :
                Changes.between(served.applied().backends(), wanted.backends())) {
            Optional<String> before = change.before().map(BackendSpec::name).flatMap(served::place);
            if (change.after().isEmpty()) {
                before.ifPresent(this::empty);
            } else {
                bring(change.after().get(), before);
            }
        }
    }

    /** Where backends are that were not there before. */
    Map<String, String> places() {
        return places;
    }

    List<Step> steps() {
        return steps;
    }

    /** What only a reload can do. */
    Optional<String> obstacle() {
        return obstacle;
    }

    private void bring(BackendSpec backend, Optional<String> before) {
        if (before.isPresent() && served.declares(before.get(), backend.directives())) {
            fill(before.get(), backend);
            return;
        }
        Optional<String> place = findPlace(backend);
        if (place.isEmpty()) {
            obstruct("no backend is declared for " + backend.name());
            return;
        }
        places.put(backend.name(), place.get());
        fill(place.get(), backend);
        before.ifPresent(this::empty);
    }

    private Optional<String> findPlace(BackendSpec backend) {
        if (served.declares(backend.name(), backend.directives())) {
            return Optional.of(backend.name());
        }
        // All spare backends have the same directives: if the first does not do, none does.
        return !freeSpares.hasNext() || !served.declares(served.freeSpares().first(), backend.directives())
                ? Optional.empty()
                : Optional.of(freeSpares.next());
    }

    private void fill(String place, BackendSpec backend) {
        Map<String, ServerSpec> there = served.servers(place);
        Set<String> wanted = new HashSet<>();
        for (ServerSpec server : backend.servers()) {
            wanted.add(server.name());
            bring(place, Optional.ofNullable(there.get(server.name())), server);
        }
        there.keySet().stream().sorted().filter(name -> !wanted.contains(name)).forEach(name -> remove(place, name));
    }

    private void bring(String place, Optional<ServerSpec> before, ServerSpec wanted) {
        if (before.isEmpty()) {
            steps.add(new Step.AddServer(place, wanted));
        } else if (before.get().checkInterval() != wanted.checkInterval()) {
            obstruct("the check interval of server " + place + "/" + wanted.name() + " has changed");
        } else if (served.isLeftover(place, wanted.name()) || !before.get().hasEndpointOf(wanted)) {
            steps.add(new Step.MoveServer(place, wanted));
        } else if (before.get().weight() != wanted.weight()) {
            steps.add(new Step.WeighServer(place, wanted.name(), wanted.weight()));
        }
    }

    private void empty(String place) {
        served.servers(place).keySet().stream().sorted().forEach(name -> remove(place, name));
    }

    private void remove(String place, String server) {
        if (!served.isLeftover(place, server)) {
            steps.add(new Step.RemoveServer(place, server));
        }
    }

    private void obstruct(String reason) {
        obstacle = obstacle.or(() -> Optional.of(reason));
    }
}
