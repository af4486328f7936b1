package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.BackendDeclaration;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.DesiredConfig;
import io.interlock.haproxy.model.HaproxyMap;
import io.interlock.haproxy.model.HostSpec;
import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The part of a desired configuration that a running HAProxy can be told without a reload, for the time in which a
 * reload is not possible. What needs a reload stays as it is served. A changed backend loses servers but gets none,
 * because its new servers may ask for a protection that it does not have yet. Pure.
 */
public final class RuntimeSubset {

    private final ProxyState served;
    private final Map<BackendDeclaration, Iterator<String>> spares = new HashMap<>();
    private final Map<String, BackendSpec> backends = new TreeMap<>();
    private final Map<String, HostSpec> hosts = new HashMap<>();
    private final Set<HaproxyMap> maps;

    private RuntimeSubset(ProxyState served) {
        this.served = served;
        this.maps = Set.copyOf(served.loadedMaps());
        served.applied().hosts().forEach(host -> hosts.put(host.name(), host));
    }

    /** The subset; the state that is served if nothing can be told. */
    public static DesiredConfig of(ProxyState served, DesiredConfig desired) {
        RuntimeSubset subset = new RuntimeSubset(served);
        desired.backends().forEach(subset::add);
        List<HostSpec> hosts =
                desired.hosts().stream().flatMap(subset::host).sorted().toList();
        return new DesiredConfig(
                served.applied().frame(), List.copyOf(subset.backends.values()), hosts, subset.certificates(desired));
    }

    private void add(BackendSpec backend) {
        if (isPlaceable(backend)) {
            backends.put(backend.name(), backend);
        } else {
            served.applied()
                    .backend(backend.name())
                    .ifPresent(before -> backends.put(backend.name(), withoutRemoved(before, backend)));
        }
    }

    private boolean isPlaceable(BackendSpec backend) {
        BackendDeclaration declaration = backend.declaration();
        if (served.place(backend.name())
                        .filter(place -> served.registry().declares(place, declaration))
                        .isPresent()
                || served.registry().declares(backend.name(), declaration)
                || served.registry().defaults(declaration).isPresent()) {
            return true;
        }
        Iterator<String> free = spares.computeIfAbsent(
                declaration, key -> served.registry().freeSpares(key).iterator());
        if (free.hasNext()) {
            free.next();
            return true;
        }
        return false;
    }

    private static BackendSpec withoutRemoved(BackendSpec before, BackendSpec now) {
        Map<String, ServerSpec> wanted = new HashMap<>();
        now.servers().forEach(server -> wanted.put(server.name(), server));
        return new BackendSpec(
                before.name(),
                before.directives(),
                before.check(),
                before.servers().stream()
                        .filter(server -> Optional.ofNullable(wanted.get(server.name()))
                                .filter(server::hasEndpointOf)
                                .isPresent())
                        .toList(),
                before.omissions(),
                before.sections());
    }

    private Stream<HostSpec> host(HostSpec desired) {
        Optional<HostSpec> before = Optional.ofNullable(hosts.get(desired.name()));
        return (isReachable(desired, before) ? Optional.of(desired) : before)
                        .map(this::withBackends)
                        .filter(host -> host.entries().stream().anyMatch(MapEntry::toBackend)
                                || desired.entries().stream().noneMatch(MapEntry::toBackend))
                        .stream();
    }

    /** Whether the loaded rules and maps find the host. */
    private boolean isReachable(HostSpec desired, Optional<HostSpec> before) {
        return desired.expressions().equals(before.map(HostSpec::expressions).orElse(List.of()))
                && desired.rules().equals(before.map(HostSpec::rules).orElse(List.of()))
                && desired.port().equals(before.flatMap(HostSpec::port))
                && desired.entries().stream()
                        .map(MapEntry::key)
                        .allMatch(key -> maps.contains(key.map()) && isLookedUp(key));
    }

    private boolean isLookedUp(MapEntry.Key key) {
        return key.map() != HaproxyMap.WILDCARDS
                || served.value(key).isPresent()
                || served.frame().wildcardDepths().contains(key.text().split("\\.").length);
    }

    /** Requests for a route without a backend must not go to another route, which may lack its protection. */
    private HostSpec withBackends(HostSpec host) {
        List<MapEntry> entries = new ArrayList<>();
        for (MapEntry entry : host.entries()) {
            entries.add(!entry.toBackend() || backends.containsKey(entry.target()) ? entry : entry.toNowhere());
        }
        return new HostSpec(host.name(), entries, host.expressions(), host.rules(), host.port());
    }

    /** A certificate that cannot be added leaves the certificates of its names in place. */
    private List<CertificateSpec> certificates(DesiredConfig desired) {
        Map<String, CertificateSpec> certificates = new TreeMap<>();
        Set<String> missing = new HashSet<>();
        for (CertificateSpec certificate : desired.certificates()) {
            if (served.certificates().contains(certificate.path())
                    || (served.hasCertificates() && certificate.fitsRuntime())) {
                certificates.put(certificate.path(), certificate);
            } else {
                missing.addAll(certificate.names());
            }
        }
        served.applied().certificates().stream()
                .filter(certificate -> certificate.names().stream().anyMatch(missing::contains))
                .forEach(certificate -> certificates.put(certificate.path(), certificate));
        return List.copyOf(certificates.values());
    }
}
