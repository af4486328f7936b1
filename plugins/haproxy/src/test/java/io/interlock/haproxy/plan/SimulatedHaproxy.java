package io.interlock.haproxy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import io.interlock.haproxy.model.SpareBackend;
import io.interlock.haproxy.plan.ProxyState.ServerKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Simulated HAProxy that executes steps: it refuses what HAProxy refuses, and answers which servers a request would
 * reach.
 */
final class SimulatedHaproxy {

    private final Map<String, BackendDeclaration> declared = new HashMap<>();
    private final Map<String, BackendDeclaration> defaults = new HashMap<>();
    private final Map<String, Map<String, ServerSpec>> servers = new HashMap<>();
    private final Set<ServerKey> outOfService = new HashSet<>();
    private final Map<MapEntry.Key, String> entries = new HashMap<>();
    private final Set<String> certificates = new HashSet<>();

    void load(DesiredConfig desired, List<SpareBackend> spares) {
        declared.clear();
        servers.clear();
        outOfService.clear();
        entries.clear();
        certificates.clear();
        desired.certificates().forEach(certificate -> certificates.add(certificate.path()));
        for (BackendSpec backend : desired.backends()) {
            declare(backend.name(), backend.declaration());
            backend.check().ifPresent(check -> entries.put(new MapEntry.Key(HaproxyMap.CHECKS, backend.name()), check));
            backend.servers().forEach(spec -> at(backend.name()).put(spec.name(), spec));
        }
        defaults.clear();
        spares.forEach(spare -> {
            if (spare.defaults()) {
                defaults.put(spare.name(), spare.declaration());
            } else {
                declare(spare.name(), spare.declaration());
            }
        });
        desired.hosts().forEach(host -> host.entries().forEach(entry -> entries.put(entry.key(), entry.target())));
    }

    /**
     * @param connected whether a server still has connections when it is removed
     * @return whether the step succeeded
     */
    boolean take(RuntimeStep step, Predicate<ServerKey> connected) {
        switch (step) {
            case RuntimeStep.AddBackend(String place, String section) ->
                declare(place, Objects.requireNonNull(defaults.get(section)));
            case RuntimeStep.AddServer(String place, ServerSpec spec, boolean sticky) -> {
                assertThat(at(place).values()).as("%s has a new id", step).noneMatch(other -> other.id() == spec.id());
                assertThat(at(place).put(spec.name(), spec))
                        .as("%s is new", step)
                        .isNull();
            }
            case RuntimeStep.MoveServer(String place, ServerSpec spec, boolean sticky) -> {
                ServerSpec before = there(at(place).put(spec.name(), spec), step);
                assertThat(before.traits()).isEqualTo(spec.traits());
                assertThat(before.id()).isEqualTo(spec.id());
                outOfService.remove(new ServerKey(place, spec.name()));
            }
            case RuntimeStep.SetServerWeight(String place, String name, int weight, boolean sticky) -> {
                ServerSpec before = there(at(place).get(name), step);
                at(place).put(name, before.weighing(weight));
            }
            case RuntimeStep.RemoveServer(String place, String name) -> {
                assertThat(at(place)).as("%s is there", step).containsKey(name);
                ServerKey key = new ServerKey(place, name);
                if (connected.test(key)) {
                    outOfService.add(key);
                    return false;
                }
                at(place).remove(name);
                outOfService.remove(key);
            }
            case RuntimeStep.AddEntry(MapEntry.Key key, String value) ->
                assertThat(entries.put(key, value)).as("%s is new", step).isNull();
            case RuntimeStep.SetEntry(MapEntry.Key key, String value) ->
                assertThat(entries.put(key, value)).as("%s is there", step).isNotNull();
            case RuntimeStep.DeleteEntry(MapEntry.Key key) ->
                assertThat(entries.remove(key)).as("%s is there", step).isNotNull();
            case RuntimeStep.AddCertificate(CertificateSpec certificate) ->
                assertThat(certificates.add(certificate.path()))
                        .as("%s is new", step)
                        .isTrue();
            case RuntimeStep.RemoveCertificate(CertificateSpec certificate) ->
                assertThat(certificates.remove(certificate.path()))
                        .as("%s is there", step)
                        .isTrue();
        }
        return true;
    }

    /** Deletes a backend without servers. */
    void delete(String place) {
        assertThat(at(place)).as(place).isEmpty();
        assertThat(entries).as(place).doesNotContainValue(place);
        servers.remove(place);
        declared.remove(place);
    }

    /** The paths of the certificates in use. */
    Set<String> certificates() {
        return certificates;
    }

    /** Every line of the maps, with what a request finds there. */
    Map<MapEntry.Key, Object> routes() {
        Map<MapEntry.Key, Object> routes = new HashMap<>();
        entries.forEach((key, value) -> {
            if (key.map() != HaproxyMap.CHECKS && key.map() != HaproxyMap.NAMES) {
                routes.put(key, value.startsWith("@") ? value : found(value));
            }
        });
        return routes;
    }

    /** Results of requests to an HAProxy with exactly this configuration. */
    static Map<MapEntry.Key, Object> routes(DesiredConfig desired) {
        SimulatedHaproxy other = new SimulatedHaproxy();
        other.load(desired, List.of());
        return other.routes();
    }

    /** The backend that each used spare backend stands for, for the log and counters of clients. */
    Map<String, String> names() {
        Map<String, String> names = new TreeMap<>();
        entries.forEach((key, value) -> {
            if (key.map() == HaproxyMap.NAMES) {
                names.put(key.text(), value);
            }
        });
        return names;
    }

    /** Whether a line leads to servers that accept requests. */
    boolean serves(MapEntry.Key key) {
        String place = entries.get(key);
        return place != null && at(place).values().stream().anyMatch(spec -> takesRequests(place, spec));
    }

    private boolean takesRequests(String place, ServerSpec spec) {
        return spec.weight() > 0 && !outOfService.contains(new ServerKey(place, spec.name()));
    }

    private Found found(String place) {
        Map<String, ServerSpec> inService = new TreeMap<>();
        at(place).forEach((name, spec) -> {
            if (!outOfService.contains(new ServerKey(place, name))) {
                // Two variants of a server at a time mean that a change is in progress.
                String plain = name.replaceFirst(":\\d$", "");
                inService.merge(plain, spec.named(plain).numbered(spec.id() % ServerSpec.RING), (some, other) -> spec);
            }
        });
        return new Found(declared.get(place), entries.get(new MapEntry.Key(HaproxyMap.CHECKS, place)), inService);
    }

    private record Found(
            @Nullable BackendDeclaration declaration,
            @Nullable String check,
            Map<String, ServerSpec> servers) {}

    private void declare(String place, BackendDeclaration declaration) {
        assertThat(declared.put(place, declaration)).as(place).isNull();
        servers.put(place, new HashMap<>());
    }

    private Map<String, ServerSpec> at(String place) {
        Map<String, ServerSpec> there = servers.get(place);
        if (there == null) {
            throw new AssertionError("no place is called " + place);
        }
        return there;
    }

    private static ServerSpec there(@Nullable ServerSpec spec, RuntimeStep step) {
        if (spec == null) {
            throw new AssertionError("there is no server for " + step);
        }
        return spec;
    }
}
