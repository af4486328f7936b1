package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.ServerTraits;
import io.interlock.haproxy.plan.ObservedState.ObservedServer;
import io.interlock.haproxy.plan.ProxyState.ServerKey;
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
 * Reconstructs the state of a worker that another controller has changed, from the loaded configuration and the state
 * that the worker reports. The maps show which backend uses which spare backend; the next plan corrects a mistake.
 * Pure.
 */
public final class StateReconstructor {

    /** Name that sorts before all names of hosts. */
    private static final String NOBODYS_HOST = "";

    private final LoadedConfig loaded;
    private final ObservedState actual;
    private final DesiredConfig desired;
    private final Map<String, List<String>> declared;
    /** Names of backends by place. */
    private final Map<String, String> names = new TreeMap<>();

    private StateReconstructor(LoadedConfig loaded, ObservedState actual, DesiredConfig desired) {
        this.loaded = loaded;
        this.actual = actual;
        this.desired = desired;
        this.declared = loaded.directivesByPlace(actual.backends());
    }

    /**
     * The state of the worker.
     *
     * @param desired the desired state that the result is compared with next; equal parts become the same objects
     * @return empty if the worker has something that no controller can have added
     */
    public static Optional<ProxyState> of(LoadedConfig loaded, ObservedState actual, DesiredConfig desired) {
        return new StateReconstructor(loaded, actual, desired).served();
    }

    private Optional<ProxyState> served() {
        Set<String> used = new TreeSet<>();
        actual.servers().forEach((place, servers) -> {
            if (servers.values().stream().anyMatch(ObservedServer::inService)) {
                used.add(place);
            }
        });
        for (HostSpec host : desired.hosts()) {
            host.entries().forEach(this::claim);
        }
        actual.entries().entrySet().stream()
                .filter(entry -> entry.getKey().map() != HaproxyMap.NAMES)
                .map(Map.Entry::getValue)
                .filter(declared::containsKey)
                .forEach(used::add);
        used.forEach(place -> names.putIfAbsent(place, place));
        boolean unique = new HashSet<>(names.values()).size() == names.size();
        boolean known = declared.keySet().containsAll(actual.servers().keySet())
                && loaded.traits().keySet().containsAll(servers())
                && actual.servers().values().stream()
                        .flatMap(servers -> servers.values().stream())
                        .allMatch(server -> server.address().isPresent());
        return unique && known ? Optional.of(lead()) : Optional.empty();
    }

    /** Assigns a spare or added backend to the desired backend whose map line leads to it. */
    private void claim(MapEntry entry) {
        String place = actual.entries().get(entry.key());
        if (entry.toBackend()
                && place != null
                && (SpareBackendPlanner.isSpare(place) || loaded.added().containsKey(place))
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

    /** Applies the steps that lead from the loaded state to the observed one. */
    private ProxyState lead() {
        ProxyState served = loaded.initialState();
        List<RuntimeStep> steps = new ArrayList<>();
        List<RuntimeStep.RemoveServer> leftovers = new ArrayList<>();
        loaded.added().forEach((place, defaults) -> {
            if (actual.backends().contains(place)) {
                steps.add(new RuntimeStep.AddBackend(place, defaults));
            }
        });
        for (BackendSpec backend : loaded.backends()) {
            backend.servers().stream()
                    .filter(server -> !isThere(backend.name(), server))
                    .forEach(server -> steps.add(new RuntimeStep.RemoveServer(backend.name(), server.name())));
            backend.check().ifPresent(check -> steps.add(new RuntimeStep.DeleteEntry(check(backend.name()))));
        }
        actual.servers()
                .forEach((place, servers) -> servers.forEach((name, server) -> {
                    ServerSpec spec = spec(place, name, server);
                    if (!spec.equals(served.servers(place).get(name))) {
                        steps.add(new RuntimeStep.AddServer(place, spec, false));
                    }
                    if (!server.inService()) {
                        leftovers.add(new RuntimeStep.RemoveServer(place, name));
                    }
                }));
        actual.entries().forEach((key, value) -> steps.add(new RuntimeStep.AddEntry(key, value)));
        Map<String, String> places = new HashMap<>();
        names.forEach((place, name) -> places.put(name, place));
        actual.certificates().forEach(path -> steps.add(new RuntimeStep.AddCertificate(CertificateSpec.stray(path))));
        served.note(
                new ApplyPlan.Steps(steps, places),
                new DesiredConfig(loaded.frame(), backends(), hosts(), certificates()),
                Set.of());
        served.noteSwept(
                leftovers,
                leftovers.stream()
                        .map(step -> new ServerKey(step.place(), step.server()))
                        .collect(Collectors.toSet()));
        return served;
    }

    /** Whether the worker has the server exactly as it loaded it. */
    private boolean isThere(String place, ServerSpec loaded) {
        ObservedServer server = actual.servers().getOrDefault(place, Map.of()).get(loaded.name());
        return server != null
                && server.address().isPresent()
                && spec(place, loaded.name(), server).equals(loaded);
    }

    private List<BackendSpec> backends() {
        Map<String, BackendSpec> asWanted = new HashMap<>();
        desired.backends().forEach(backend -> asWanted.put(backend.name(), backend));
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
        Set<MapEntry.Key> rest = new HashSet<>(actual.entries().keySet());
        rest.removeIf(key -> key.map() == HaproxyMap.CHECKS || key.map() == HaproxyMap.NAMES);
        List<HostSpec> hosts = new ArrayList<>();
        for (HostSpec host : desired.hosts()) {
            List<MapEntry> there = host.entries().stream()
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

    /** The certificates in HAProxy's list. The same path means the same certificate. */
    private List<CertificateSpec> certificates() {
        Set<String> rest = new TreeSet<>(actual.certificates());
        List<CertificateSpec> certificates = new ArrayList<>();
        for (CertificateSpec certificate : desired.certificates()) {
            if (rest.remove(certificate.path())) {
                certificates.add(certificate);
            }
        }
        rest.forEach(path -> certificates.add(CertificateSpec.stray(path)));
        certificates.sort(Comparator.naturalOrder());
        return certificates;
    }

    private static MapEntry.Key check(String place) {
        return new MapEntry.Key(HaproxyMap.CHECKS, place);
    }

    private MapEntry found(MapEntry.Key key) {
        String value = actual.entries().getOrDefault(key, "");
        String name = names.get(value);
        return name == null ? new MapEntry(key, value, false) : new MapEntry(key, name, true);
    }

    private ServerSpec spec(String place, String name, ObservedServer server) {
        return new ServerSpec(
                name,
                server.address().orElseThrow(),
                server.port(),
                server.id(),
                server.weight(),
                loaded.traits().getOrDefault(new ServerKey(place, name), new ServerTraits(0)));
    }
}
