package io.interlock.app.capability;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.TcpListener;
import io.interlock.api.topology.TlsMaterial;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.capability.CapabilityRule.FieldOmission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Removes from topologies the features that one load balancer does not support. Immutable. */
public final class CapabilityFilter {

    private static final int MOST_NAMES = 5;

    /** Capabilities that topologies need apart from their backends. */
    private static final Set<Capability> OF_ROUTES = Set.of(
            Capability.PATH_ROUTES,
            Capability.ROUTE_CONDITIONS,
            Capability.WILDCARD_HOSTS,
            Capability.HOST_EXPRESSIONS,
            Capability.CATCH_ALL,
            Capability.TCP_LISTENERS,
            Capability.TLS);

    private final String type;
    private final Set<Capability> capabilities;
    private final List<CapabilityRule> rules;

    /**
     * @param type kind of load balancer, for people
     * @param capabilities the capabilities of the load balancer
     */
    public CapabilityFilter(String type, Set<Capability> capabilities) {
        this(type, capabilities, CapabilityRules.OF_BACKENDS);
    }

    CapabilityFilter(String type, Set<Capability> capabilities, List<CapabilityRule> rules) {
        this.type = type;
        this.capabilities = Set.copyOf(capabilities);
        this.rules = rules.stream()
                .filter(rule -> !capabilities.contains(rule.capability()))
                .toList();
    }

    /**
     * Topology that remains for a load balancer.
     *
     * @param topology a topology with supported features only
     * @param omissions requests of containers that are not fulfilled
     */
    public record FilteredTopology(Topology topology, List<Omission> omissions) {
        public FilteredTopology {
            omissions = List.copyOf(omissions);
        }
    }

    /**
     * Filters a topology. The same topology gives an equal result; a topology without special features is not copied.
     */
    public FilteredTopology filter(Topology topology) {
        if (rules.isEmpty() && capabilities.containsAll(OF_ROUTES)) {
            return new FilteredTopology(topology, List.of());
        }
        List<Omission> omissions = new ArrayList<>();
        Map<String, Backend> served = new LinkedHashMap<>();
        for (Backend backend : topology.backends()) {
            served.put(backend.name(), filter(backend, omissions));
        }
        Map<String, Backend> asked = new HashMap<>();
        topology.backends().forEach(backend -> asked.put(backend.name(), backend));
        List<VirtualHost> hosts = new ArrayList<>();
        for (VirtualHost host : topology.virtualHosts()) {
            filter(host, asked, omissions).ifPresent(hosts::add);
        }
        List<TcpListener> listeners = filter(topology.tcpListeners(), served, omissions);
        TlsMaterial tls = capabilities.contains(Capability.TLS) ? topology.tls() : TlsMaterial.NONE;
        return new FilteredTopology(
                (omissions.isEmpty()
                                ? topology
                                : new Topology(hosts, List.copyOf(served.values()), TlsMaterial.NONE, listeners))
                        .with(tls),
                omissions);
    }

    private Backend filter(Backend backend, List<Omission> omissions) {
        Backend fitted = backend;
        for (CapabilityRule rule : rules) {
            Optional<FieldOmission> asked = rule.asks().apply(fitted);
            if (asked.isEmpty()) {
                continue;
            }
            String instead = rule.without().isPresent()
                    ? asked.get().instead()
                    : "not served at all, since serving without it would not be safe or would not work";
            omissions.add(omission(backend, asked.get().field(), asked.get().value(), rule.capability(), instead));
            if (rule.without().isEmpty()) {
                // Its routes stay, so that no other backend, which may lack the protection, gets their requests.
                return new Backend(backend.name(), List.of(), backend.healthCheck(), List.of(), List.of());
            }
            fitted = rule.without().get().apply(fitted);
        }
        return fitted;
    }

    private Optional<VirtualHost> filter(VirtualHost host, Map<String, Backend> asked, List<Omission> omissions) {
        List<Route> routes = new ArrayList<>();
        for (Route route : host.routes()) {
            if (!route.pathPrefix().equals(Route.EVERYTHING) && !capabilities.contains(Capability.PATH_ROUTES)) {
                omissions.add(omission(
                        backendOf(route, asked),
                        "path",
                        route.pathPrefix(),
                        Capability.PATH_ROUTES,
                        "not served below it"));
            } else if ((!route.isPlain() || route.isExact()) && !capabilities.contains(Capability.ROUTE_CONDITIONS)) {
                omissions.add(omission(
                        backendOf(route, asked),
                        route.conditions().isEmpty() ? "priority" : "match",
                        route.conditions().isEmpty()
                                ? Integer.toString(route.priority())
                                : route.conditions().toString(),
                        Capability.ROUTE_CONDITIONS,
                        "not served by this route"));
            } else {
                routes.add(route);
            }
        }
        List<HostName> names = new ArrayList<>();
        for (HostName name : host.hostNames()) {
            Optional<Capability> needed = needed(name).filter(capability -> !capabilities.contains(capability));
            if (needed.isEmpty()) {
                names.add(name);
            } else {
                omissions.add(omission(
                        backendOf(host.routes().getFirst(), asked),
                        "hostname",
                        name.value(),
                        needed.get(),
                        "not served by this name"));
            }
        }
        return routes.isEmpty() || names.isEmpty()
                ? Optional.empty()
                : Optional.of(new VirtualHost(names, routes, host.tls()));
    }

    private List<TcpListener> filter(
            List<TcpListener> listeners, Map<String, Backend> served, List<Omission> omissions) {
        if (capabilities.contains(Capability.TCP_LISTENERS)) {
            return listeners;
        }
        for (TcpListener listener : listeners) {
            Set<String> backends = listener.routes().stream()
                    .map(TcpListener.TcpRoute::backendName)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            for (String name : backends) {
                Backend backend = Objects.requireNonNull(served.remove(name));
                omissions.add(omission(
                        backend,
                        "listen",
                        Integer.toString(listener.port()),
                        Capability.TCP_LISTENERS,
                        "not served at this port"));
            }
        }
        return List.of();
    }

    private static Optional<Capability> needed(HostName name) {
        if (name.isExact()) {
            return Optional.empty();
        }
        return Optional.of(
                name.isWildcard()
                        ? Capability.WILDCARD_HOSTS
                        : name.isAny() ? Capability.CATCH_ALL : Capability.HOST_EXPRESSIONS);
    }

    /** Returns the backend of a route; routes of a topology always lead to an existing backend. */
    private static Backend backendOf(Route route, Map<String, Backend> backends) {
        return Objects.requireNonNull(backends.get(route.backendName()));
    }

    private Omission omission(Backend backend, String field, String value, Capability needed, String instead) {
        return new Omission(
                backend.name(),
                Optional.empty(),
                field,
                value,
                type + " cannot do this (" + needed + "); " + names(backend.servers()) + ": " + instead);
    }

    private static String names(Collection<Server> servers) {
        String first = servers.stream().limit(MOST_NAMES).map(Server::name).collect(Collectors.joining(", "));
        return servers.size() <= MOST_NAMES ? first : first + " and " + (servers.size() - MOST_NAMES) + " more";
    }
}
