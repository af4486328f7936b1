package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.GlobalConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.util.SortedDiff;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * State of HAProxy: the declarations of the configuration that its worker loaded, and the changes by steps since.
 * Confined to one thread.
 */
public final class ProxyState {

    private final GlobalConfig frame;
    private final PlaceRegistry registry = new PlaceRegistry();

    /** Places by backend; other threads read this too. */
    private final Map<String, String> places = new ConcurrentHashMap<>();

    /** Backends by place, the reverse of {@link #places}. */
    private final Map<String, String> backends = new HashMap<>();

    private final Map<String, Map<String, ServerSpec>> servers = new HashMap<>();
    private final Map<MapEntry.Key, String> entries = new HashMap<>();
    private final Set<String> certificates = new HashSet<>();
    private final Set<ServerKey> leftovers = new LinkedHashSet<>();
    /** The servers that were added since the configuration was loaded. */
    private final Set<ServerKey> added = new HashSet<>();

    private DesiredConfig applied;

    /** Key of a server in HAProxy. */
    public record ServerKey(String place, String server) {}

    private ProxyState(DesiredConfig loaded) {
        this.frame = loaded.frame();
        this.applied = loaded;
    }

    /**
     * The state of a worker that has just loaded the configuration.
     *
     * @param spares the spare backends that are declared in addition
     */
    public static ProxyState loaded(DesiredConfig desired, List<SpareBackend> spares) {
        ProxyState served = new ProxyState(desired);
        for (BackendSpec backend : desired.backends()) {
            served.registry.declare(backend.name(), backend.declaration());
            served.put(backend.name(), backend.name());
            Map<String, ServerSpec> there = served.serversOf(backend.name());
            backend.servers().forEach(server -> there.put(server.name(), server));
            backend.check()
                    .ifPresent(check -> served.entries.put(new MapEntry.Key(HaproxyMap.CHECKS, backend.name()), check));
        }
        for (HostSpec host : desired.hosts()) {
            host.entries().forEach(entry -> served.entries.put(entry.key(), entry.target()));
        }
        desired.certificates().forEach(certificate -> served.certificates.add(certificate.path()));
        spares.forEach(served.registry::declare);
        return served;
    }

    /**
     * Records executed steps.
     *
     * @param refused the servers that could not be removed because they have connections; they are out of service but
     *     still exist
     */
    public void note(ApplyPlan.Steps done, DesiredConfig desired, Set<ServerKey> refused) {
        Set<String> left = new LinkedHashSet<>();
        for (SortedDiff.Change<BackendSpec> change : SortedDiff.between(applied.backends(), desired.backends())) {
            change.before().map(BackendSpec::name).map(places::get).ifPresent(left::add);
            if (change.after().isEmpty()) {
                remove(change.before().orElseThrow().name());
            }
        }
        done.places().forEach(this::put);
        done.steps().forEach(step -> note(step, refused));
        applied = desired;
        left.addAll(done.places().values());
        left.forEach(this::noteWhetherFree);
    }

    /** Records the result of a sweep of {@link #leftovers}; refused servers stay. */
    public void noteSwept(List<RuntimeStep.RemoveServer> swept, Set<ServerKey> refused) {
        swept.forEach(step -> note(step, refused));
        swept.forEach(step -> noteWhetherFree(step.place()));
    }

    /** Records that HAProxy has deleted a backend that was added. */
    public void noteDeleted(String place) {
        registry.delete(place);
        servers.remove(place);
    }

    private void note(RuntimeStep step, Set<ServerKey> refused) {
        switch (step) {
            case RuntimeStep.AddBackend(String place, String defaults) -> registry.add(place, defaults);
            case RuntimeStep.AddServer(String place, ServerSpec spec, boolean sticky) -> {
                serversOf(place).put(spec.name(), spec);
                added.add(new ServerKey(place, spec.name()));
            }
            case RuntimeStep.MoveServer(String place, ServerSpec spec, boolean sticky) -> {
                serversOf(place).put(spec.name(), spec);
                leftovers.remove(new ServerKey(place, spec.name()));
            }
            case RuntimeStep.SetServerWeight(String place, String name, int weight, boolean sticky) ->
                serversOf(place).computeIfPresent(name, (key, spec) -> spec.weighing(weight));
            case RuntimeStep.RemoveServer(String place, String name) -> {
                ServerKey key = new ServerKey(place, name);
                leftovers.remove(key);
                if (refused.contains(key)) {
                    leftovers.add(key);
                } else {
                    serversOf(place).remove(name);
                    added.remove(key);
                }
            }
            case RuntimeStep.AddEntry(MapEntry.Key key, String value) -> entries.put(key, value);
            case RuntimeStep.SetEntry(MapEntry.Key key, String value) -> entries.put(key, value);
            case RuntimeStep.DeleteEntry(MapEntry.Key key) -> entries.remove(key);
            case RuntimeStep.AddCertificate(CertificateSpec certificate) -> certificates.add(certificate.path());
            case RuntimeStep.RemoveCertificate(CertificateSpec certificate) -> certificates.remove(certificate.path());
        }
    }

    private void put(String backend, String place) {
        String left = places.put(backend, place);
        if (left != null) {
            backends.remove(left, backend);
        }
        backends.put(place, backend);
    }

    private void remove(String backend) {
        String left = places.remove(backend);
        if (left != null) {
            backends.remove(left, backend);
        }
    }

    private void noteWhetherFree(String place) {
        registry.noteFree(place, servers(place).isEmpty() && !backends.containsKey(place));
    }

    private Map<String, ServerSpec> serversOf(String place) {
        return servers.computeIfAbsent(place, key -> new HashMap<>());
    }

    GlobalConfig frame() {
        return frame;
    }

    DesiredConfig applied() {
        return applied;
    }

    Optional<String> place(String backend) {
        return Optional.ofNullable(places.get(backend));
    }

    Optional<String> value(MapEntry.Key key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** What the places declare. */
    PlaceRegistry registry() {
        return registry;
    }

    /** Number of free spare backends. */
    public int sparesLeft() {
        return registry.sparesLeft();
    }

    /** Whether a server that was added since the configuration was loaded takes requests in HTTP/2. */
    boolean hasAddedHttp2Server() {
        return added.stream()
                .map(key -> servers(key.place()).get(key.server()))
                .anyMatch(server -> server != null && server.traits().http2());
    }

    /** The servers that are out of service and still have connections, those that wait longest first. */
    public List<ServerKey> leftovers() {
        return List.copyOf(leftovers);
    }

    /** The backends that were added and are no longer used; those with servers cannot be deleted yet. */
    private Stream<String> unused() {
        return registry.added().stream().filter(place -> !backends.containsKey(place));
    }

    /** The backends that can be deleted: they were added, and have neither a use nor servers. */
    public List<String> deletable() {
        return unused().filter(place -> servers(place).isEmpty()).toList();
    }

    /** Whether something is out of service and waits for removal. */
    public boolean hasLeftovers() {
        return !leftovers.isEmpty() || unused().findAny().isPresent();
    }

    /** The place of each backend, by its name. Any thread may read the map while it changes. */
    public Map<String, String> places() {
        return Collections.unmodifiableMap(places);
    }

    /** The servers at the place, by name. */
    public Map<String, ServerSpec> servers(String place) {
        return servers.getOrDefault(place, Map.of());
    }

    /** The places that have servers. */
    public Set<String> placesWithServers() {
        return Collections.unmodifiableSet(servers.keySet());
    }

    /** Whether the server is out of service and waits for removal. */
    public boolean isLeftover(String place, String server) {
        return leftovers.contains(new ServerKey(place, server));
    }

    /** Whether HAProxy has the server in maintenance: it waits for removal, or it drains although clients are tied to it. */
    boolean isInMaintenance(String place, ServerSpec server) {
        return isLeftover(place, server.name()) || (server.weight() == 0 && registry.isSticky(place));
    }

    /** Every line of every map. */
    public Map<MapEntry.Key, String> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** The path of each certificate in HAProxy's list. */
    public Set<String> certificates() {
        return Collections.unmodifiableSet(certificates);
    }

    /** Whether HAProxy forwards the connections at the port. */
    public boolean listensAt(int port) {
        return frame.tcp().stream().anyMatch(tcp -> tcp.port() == port);
    }

    /** Whether HAProxy has a list of certificates. */
    public boolean hasCertificates() {
        return frame.tls();
    }

    /** Whether HAProxy makes backends at run time. */
    public boolean addsBackends() {
        return registry.hasDefaults();
    }

    /** The maps that the configuration uses. HAProxy does not know the others. */
    public List<HaproxyMap> loadedMaps() {
        return Stream.of(HaproxyMap.values())
                .filter(map -> switch (map) {
                    case HOSTS -> true;
                    case WILDCARDS -> !frame.wildcardDepths().isEmpty();
                    case PATHS -> frame.paths();
                    case TCP -> !frame.tcp().isEmpty();
                    case CHECKS -> registry.looksUpChecks();
                    case NAMES -> !registry.spares().isEmpty();
                    case CHALLENGES -> frame.challenges();
                })
                .toList();
    }

    /** The backends whose place has another name, from the name of the place to that of the backend. */
    public Map<String, String> moved() {
        Map<String, String> moved = new HashMap<>();
        places.forEach((backend, place) -> {
            if (!place.equals(backend)) {
                moved.put(place, backend);
            }
        });
        return moved;
    }
}
