package io.interlock.haproxy.plan;

import io.interlock.haproxy.plan.Actual.ActualServer;
import io.interlock.haproxy.plan.Served.ServerKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out what a worker has that another controller has driven: from what it loaded, and what it says it has. Which
 * backend a spare one stands for is seen from the maps; should that be a mistake, the plan that follows mends it. Pure.
 */
public final class Reconstruction {

    /** Sorts before all names of hosts. */
    private static final String NOBODYS_HOST = "";

    private final Loaded loaded;
    private final Actual actual;
    private final Wanted wanted;
    private final Map<String, List<String>> declared;
    /** Names of backends by place. */
    private final Map<String, String> names = new TreeMap<>();

    private Reconstruction(Loaded loaded, Actual actual, Wanted wanted) {
        this.loaded = loaded;
        this.actual = actual;
        this.wanted = wanted;
        this.declared = loaded.declared();
    }

    /**
     * What the worker has.
     *
     * @param wanted what it is going to be compared with: equal parts will be the same objects
     * @return empty if it has something that no controller can have told it
     */
    public static Optional<Served> of(Loaded loaded, Actual actual, Wanted wanted) {
        return new Reconstruction(loaded, actual, wanted).served();
    }

    private Optional<Served> served() {
        Set<String> used = new TreeSet<>();
        actual.servers().forEach((place, servers) -> {
            if (servers.values().stream().anyMatch(ActualServer::inService)) {
                used.add(place);
            }
        });
        for (HostSpec host : wanted.hosts()) {
            host.entries().forEach(this::claim);
        }
        actual.entries().values().stream().filter(declared::containsKey).forEach(used::add);
        used.forEach(place -> names.putIfAbsent(place, place));
        boolean unique = new HashSet<>(names.values()).size() == names.size();
        boolean known = declared.keySet().containsAll(actual.servers().keySet())
                && loaded.checkIntervals().keySet().containsAll(servers())
                && actual.servers().values().stream()
                        .flatMap(servers -> servers.values().stream())
                        .allMatch(server -> server.address().isPresent());
        return unique && known ? Optional.of(lead()) : Optional.empty();
    }

    /** A spare backend stands for whoever wants to be found there. */
    private void claim(Entry entry) {
        String place = actual.entries().get(entry.key());
        if (entry.toBackend()
                && place != null
                && SpareBackends.isSpare(place)
                && !names.containsValue(entry.target())) {
            names.putIfAbsent(place, entry.target());
        }
    }

    private Set<ServerKey> servers() {
        Set<ServerKey> keys = new HashSet<>();
        actual.servers()
                .forEach((place, servers) -> servers.keySet().forEach(name -> keys.add(new ServerKey(place, name))));
        return keys;
    }

    /** Has what was loaded take the steps that lead to what is there. */
    private Served lead() {
        Served served = loaded.served();
        List<Step> steps = new ArrayList<>();
        List<Step.RemoveServer> leftovers = new ArrayList<>();
        for (BackendSpec backend : loaded.backends()) {
            backend.servers().forEach(server -> steps.add(new Step.RemoveServer(backend.name(), server.name())));
            backend.check().ifPresent(check -> steps.add(new Step.DeleteEntry(check(backend.name()))));
        }
        actual.servers()
                .forEach((place, servers) -> servers.forEach((name, server) -> {
                    steps.add(new Step.AddServer(place, spec(place, name, server)));
                    if (!server.inService()) {
                        leftovers.add(new Step.RemoveServer(place, name));
                    }
                }));
        actual.entries().forEach((key, value) -> steps.add(new Step.AddEntry(key, value)));
        Map<String, String> places = new HashMap<>();
        names.forEach((place, name) -> places.put(name, place));
        actual.certificates().forEach(path -> steps.add(new Step.AddCertificate(CertificateSpec.stray(path))));
        served.note(
                new Plan.Steps(steps, places),
                new Wanted(loaded.frame(), backends(), hosts(), certificates()),
                Set.of());
        served.noteSwept(
                leftovers,
                leftovers.stream()
                        .map(step -> new ServerKey(step.place(), step.server()))
                        .collect(Collectors.toSet()));
        return served;
    }

    private List<BackendSpec> backends() {
        Map<String, BackendSpec> asWanted = new HashMap<>();
        wanted.backends().forEach(backend -> asWanted.put(backend.name(), backend));
        List<BackendSpec> backends = new ArrayList<>();
        names.forEach((place, name) -> {
            List<ServerSpec> servers = new ArrayList<>();
            new TreeMap<>(actual.servers().getOrDefault(place, Map.of())).forEach((server, there) -> {
                if (there.inService()) {
                    servers.add(spec(place, server, there));
                }
            });
            BackendSpec found = new BackendSpec(
                    name,
                    declared.getOrDefault(place, List.of()),
                    Optional.ofNullable(actual.entries().get(check(place))),
                    servers,
                    List.of());
            backends.add(Optional.ofNullable(asWanted.get(name))
                    .filter(same -> same.directives().equals(found.directives())
                            && same.check().equals(found.check())
                            && same.servers().equals(found.servers()))
                    .orElse(found));
        });
        backends.sort(Comparator.naturalOrder());
        return backends;
    }

    private List<HostSpec> hosts() {
        Set<Entry.Key> rest = new HashSet<>(actual.entries().keySet());
        rest.removeIf(key -> key.map() == RouteMap.CHECKS);
        List<HostSpec> hosts = new ArrayList<>();
        for (HostSpec host : wanted.hosts()) {
            List<Entry> there = host.entries().stream()
                    .filter(entry -> rest.remove(entry.key()))
                    .map(entry -> found(entry.key()))
                    .toList();
            if (!there.isEmpty()) {
                hosts.add(there.equals(host.entries()) ? host : new HostSpec(host.name(), there));
            }
        }
        if (!rest.isEmpty()) {
            hosts.addFirst(
                    new HostSpec(NOBODYS_HOST, rest.stream().map(this::found).toList()));
        }
        return hosts;
    }

    /** The same path means the same certificate. */
    private List<CertificateSpec> certificates() {
        Set<String> rest = new TreeSet<>(actual.certificates());
        List<CertificateSpec> certificates = new ArrayList<>();
        for (CertificateSpec certificate : wanted.certificates()) {
            if (rest.remove(certificate.path())) {
                certificates.add(certificate);
            }
        }
        rest.forEach(path -> certificates.add(CertificateSpec.stray(path)));
        certificates.sort(Comparator.naturalOrder());
        return certificates;
    }

    private static Entry.Key check(String place) {
        return new Entry.Key(RouteMap.CHECKS, place);
    }

    private Entry found(Entry.Key key) {
        String value = actual.entries().getOrDefault(key, "");
        String name = names.get(value);
        return name == null ? new Entry(key, value, false) : new Entry(key, name, true);
    }

    private ServerSpec spec(String place, String name, ActualServer server) {
        return new ServerSpec(
                name,
                server.address().orElseThrow(),
                server.port(),
                loaded.checkIntervals().getOrDefault(new ServerKey(place, name), 0L),
                server.weight());
    }
}
