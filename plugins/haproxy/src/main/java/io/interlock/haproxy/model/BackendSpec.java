package io.interlock.haproxy.model;

import io.interlock.api.loadbalancer.Omission;
import java.util.List;
import java.util.Optional;

/**
 * A backend as HAProxy is to have it.
 *
 * @param name the topology's
 * @param directives whole lines of the configuration, besides those that every backend has
 * @param check what its health check asks for, if HAProxy is to look that up; else it is among the directives
 * @param servers by name
 * @param omissions what was asked for and is not in here
 */
public record BackendSpec(
        String name,
        List<String> directives,
        Optional<String> check,
        List<ServerSpec> servers,
        List<Omission> omissions,
        List<String> sections)
        implements Comparable<BackendSpec> {
    /** The directive of one that passes connections on. */
    public static final String MODE_TCP = "mode tcp";

    public BackendSpec {
        directives = List.copyOf(directives);
        servers = List.copyOf(servers);
        omissions = List.copyOf(omissions);
        sections = List.copyOf(sections);
    }

    /** A backend that needs no other section. */
    public BackendSpec(
            String name,
            List<String> directives,
            Optional<String> check,
            List<ServerSpec> servers,
            List<Omission> omissions) {
        this(name, directives, check, servers, omissions, List.of());
    }

    /** A backend whose check, if it has one, is among its directives. */
    public BackendSpec(String name, List<String> directives, List<ServerSpec> servers, List<Omission> omissions) {
        this(name, directives, Optional.empty(), servers, omissions);
    }

    /** Whether it passes connections on, not requests. */
    public boolean isTcp() {
        return !directives.isEmpty() && directives.getFirst().equals(MODE_TCP);
    }

    /** What has to be declared for it. */
    public BackendDeclaration declaration() {
        return new BackendDeclaration(directives, check.isPresent());
    }

    /** The same with nothing but a place to wait. */
    public BackendSpec withWaitingServerOnly() {
        return new BackendSpec(name, directives, check, List.of(ServerSpec.WAITING), List.of(), sections);
    }

    @Override
    public int compareTo(BackendSpec other) {
        return name.compareTo(other.name);
    }
}
