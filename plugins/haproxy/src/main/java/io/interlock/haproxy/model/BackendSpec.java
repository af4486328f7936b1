package io.interlock.haproxy.model;

import io.interlock.api.loadbalancer.Omission;
import java.util.List;
import java.util.Optional;

/**
 * Desired state of a backend in HAProxy.
 *
 * @param name the name of the backend in the topology
 * @param directives whole lines of the configuration, besides those that every backend has
 * @param check the request of the health check, if HAProxy looks it up in a map; empty if the check is among the
 *     directives, or there is none
 * @param servers sorted by name
 * @param omissions what the containers asked for and this backend does not contain
 */
public record BackendSpec(
        String name,
        List<String> directives,
        Optional<String> check,
        List<ServerSpec> servers,
        List<Omission> omissions,
        List<String> sections)
        implements Comparable<BackendSpec> {
    /** Directive of a backend that forwards TCP connections. */
    public static final String MODE_TCP = "mode tcp";

    public BackendSpec {
        directives = List.copyOf(directives);
        servers = List.copyOf(servers);
        omissions = List.copyOf(omissions);
        sections = List.copyOf(sections);
    }

    /** Creates a backend that needs no additional section. */
    public BackendSpec(
            String name,
            List<String> directives,
            Optional<String> check,
            List<ServerSpec> servers,
            List<Omission> omissions) {
        this(name, directives, check, servers, omissions, List.of());
    }

    /** Creates a backend whose health check, if it has one, is among its directives. */
    public BackendSpec(String name, List<String> directives, List<ServerSpec> servers, List<Omission> omissions) {
        this(name, directives, Optional.empty(), servers, omissions);
    }

    /** Whether the backend forwards connections instead of requests. */
    public boolean isTcp() {
        return declaration().isTcp();
    }

    /** The declaration that this backend needs in the configuration. */
    public BackendDeclaration declaration() {
        return new BackendDeclaration(directives, check.isPresent());
    }

    /** Returns this backend with {@link ServerSpec#WAITING} as its only server. */
    public BackendSpec withWaitingServerOnly() {
        return new BackendSpec(name, directives, check, List.of(ServerSpec.WAITING), List.of(), sections);
    }

    @Override
    public int compareTo(BackendSpec other) {
        return name.compareTo(other.name);
    }
}
