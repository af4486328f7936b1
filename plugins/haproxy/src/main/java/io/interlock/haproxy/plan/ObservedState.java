package io.interlock.haproxy.plan;

import io.interlock.haproxy.model.MapEntry;
import io.interlock.haproxy.model.ServerSpec;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * State that HAProxy reports, either complete or limited to what it was asked for.
 *
 * @param servers by place and name
 * @param entries the lines of the maps that HAProxy uses
 * @param certificates the path of each certificate in HAProxy's list
 * @param backends the names of HAProxy's backends; asked for only if it makes backends at run time
 */
public record ObservedState(
        Map<String, Map<String, ObservedServer>> servers,
        Map<MapEntry.Key, String> entries,
        Set<String> certificates,
        Set<String> backends) {
    public ObservedState {
        servers = Map.copyOf(servers);
        entries = Map.copyOf(entries);
        certificates = Set.copyOf(certificates);
        backends = Set.copyOf(backends);
    }

    /** Creates the state of an HAProxy that was not asked for its backends. */
    public ObservedState(
            Map<String, Map<String, ObservedServer>> servers,
            Map<MapEntry.Key, String> entries,
            Set<String> certificates) {
        this(servers, entries, certificates, Set.of());
    }

    /**
     * Server as HAProxy reports it.
     *
     * @param address the address that it connects to; empty if it has none
     * @param port the port that it connects to
     * @param id HAProxy's number of it
     * @param weight the share of requests
     * @param administrativeState flags; none but {@link #DISABLED_AT_LOAD}: in service; others: in maintenance
     */
    public record ObservedServer(Optional<InetAddress> address, int port, int id, int weight, int administrativeState) {

        /** Says that the configuration put the server into maintenance, whatever happened since. */
        private static final int DISABLED_AT_LOAD = 4;

        boolean inService() {
            return (administrativeState & ~DISABLED_AT_LOAD) == 0;
        }

        /** Whether both connect to the same address and port. */
        public boolean hasEndpointOf(ServerSpec spec) {
            return port == spec.port() && address.equals(Optional.of(spec.address()));
        }
    }

    /** All differences from the expected state, for messages. */
    public List<String> differences(ProxyState served) {
        Set<String> places = new HashSet<>(served.placesWithServers());
        places.addAll(servers.keySet());
        Set<MapEntry.Key> keys = new HashSet<>(served.entries().keySet());
        keys.addAll(entries.keySet());
        List<String> differences = differences(served, places, keys, served.hasCertificates());
        served.registry().added().stream()
                .filter(place -> !backends.contains(place))
                .forEach(place -> differences.add("backend " + place + " is missing"));
        return differences;
    }

    /** Differences from the expected state in the targets of steps, for messages. */
    public List<String> differences(ProxyState served, StepTargets targets) {
        return differences(served, targets.places(), targets.entries(), targets.certificates());
    }

    private List<String> differences(
            ProxyState served, Collection<String> places, Collection<MapEntry.Key> keys, boolean withCertificates) {
        List<String> differences = new ArrayList<>();
        places.forEach(place -> addDifferences(served, place, differences));
        keys.forEach(key -> addDifferences(served, key, differences));
        if (withCertificates) {
            addDifferences(served.certificates(), differences);
        }
        return differences;
    }

    private void addDifferences(ProxyState served, String place, List<String> differences) {
        Map<String, ServerSpec> expected = served.servers(place);
        Map<String, ObservedServer> there = servers.getOrDefault(place, Map.of());
        expected.values().forEach(spec -> {
            String server = place + "/" + spec.name();
            ObservedServer actual = there.get(spec.name());
            if (actual == null) {
                differences.add("server " + server + " is missing");
            } else {
                difference(spec, actual, served.isInMaintenance(place, spec), served.isLeftover(place, spec.name()))
                        .ifPresent(what -> differences.add("server " + server + " has " + what));
            }
        });
        there.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name -> differences.add("server " + place + "/" + name + " is not wanted"));
    }

    private static Optional<String> difference(
            ServerSpec spec, ObservedServer actual, boolean inMaintenance, boolean leftover) {
        if (actual.inService() == inMaintenance) {
            return Optional.of("administrative state " + actual.administrativeState());
        }
        if (leftover) {
            return Optional.empty();
        }
        if (!actual.hasEndpointOf(spec)) {
            return Optional.of("address "
                    + actual.address().map(InetAddress::getHostAddress).orElse("-") + " port " + actual.port()
                    + ", not " + spec.endpoint());
        }
        if (actual.id() != spec.id()) {
            return Optional.of("id " + actual.id() + ", not " + spec.id());
        }
        return actual.weight() == spec.weight()
                ? Optional.empty()
                : Optional.of("weight " + actual.weight() + ", not " + spec.weight());
    }

    private void addDifferences(ProxyState served, MapEntry.Key key, List<String> differences) {
        Optional<String> actual = Optional.ofNullable(entries.get(key));
        Optional<String> expected = served.value(key);
        if (!actual.equals(expected)) {
            differences.add(
                    key.text() + " leads to " + actual.orElse("nothing") + ", not to " + expected.orElse("nothing"));
        }
    }

    private void addDifferences(Set<String> expected, List<String> differences) {
        Set<String> all = new TreeSet<>(certificates);
        all.addAll(expected);
        all.stream()
                .filter(path -> certificates.contains(path) != expected.contains(path))
                .forEach(path -> differences.add(
                        "certificate " + path + (certificates.contains(path) ? " is not wanted" : " is missing")));
    }
}
