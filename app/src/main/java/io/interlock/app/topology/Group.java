package io.interlock.app.topology;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.topology.Finding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Names that the same containers claim, served as one virtual host by one backend.
 *
 * @param names sorted
 * @param virtualHost what answers to them
 * @param backend the containers
 * @param findings what the containers contradict each other in
 */
record Group(List<HostName> names, VirtualHost virtualHost, Backend backend, List<Finding> findings) {

    /**
     * @param names sorted, not empty
     * @param claimants all that claim them, oldest first; not empty
     */
    static Group of(List<HostName> names, List<Candidate> claimants) {
        String backendName = Backend.nameFor(mainName(names, claimants));
        List<Finding> findings = new ArrayList<>();
        Backend backend = new Backend(
                backendName,
                servers(claimants),
                oldest(Field.CHECK, names, claimants, Settings::check, findings).orElseGet(HealthCheck.Tcp::new),
                oldest(Field.BACKEND_OPTIONS, names, claimants, Settings::options, findings)
                        .orElse(List.of()));
        VirtualHost virtualHost = new VirtualHost(names, List.of(Route.toBackend(backendName)));
        return new Group(names, virtualHost, backend, List.copyOf(findings));
    }

    /** The lowest name that is some container's own, else the lowest alias. */
    private static HostName mainName(List<HostName> names, List<Candidate> claimants) {
        Set<HostName> own = new HashSet<>();
        claimants.forEach(claimant -> claimant.names().own().ifPresent(own::add));
        return names.stream().filter(own::contains).findFirst().orElse(names.getFirst());
    }

    private static List<Server> servers(List<Candidate> claimants) {
        List<Server> servers = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Candidate claimant : claimants) {
            Server server = claimant.server();
            String name = ServerNames.distinct(server.name(), claimant.key(), taken);
            taken.add(name);
            servers.add(name.equals(server.name()) ? server : renamed(server, name));
        }
        return servers;
    }

    private static Server renamed(Server server, String name) {
        return new Server(server.id(), name, server.address(), server.port(), server.state(), server.checkInterval());
    }

    /** What the oldest container that says anything says; whoever says something else is told. */
    private static <T> Optional<T> oldest(
            Field field,
            List<HostName> names,
            List<Candidate> claimants,
            Function<Settings, Optional<T>> setting,
            List<Finding> findings) {
        Optional<Candidate> winner = claimants.stream()
                .filter(claimant -> setting.apply(claimant.settings()).isPresent())
                .findFirst();
        Optional<T> value = winner.flatMap(claimant -> setting.apply(claimant.settings()));
        for (Candidate claimant : claimants) {
            Optional<T> other = setting.apply(claimant.settings());
            if (other.isPresent() && !other.equals(value)) {
                findings.add(new Finding(
                        Severity.IGNORED,
                        claimant.key(),
                        claimant.containerName(),
                        field.key(),
                        Printable.of(other.get().toString()),
                        "differs from what " + winner.orElseThrow().containerName() + " ("
                                + winner.orElseThrow().key() + "), the oldest container of " + names.getFirst()
                                + " that gives one, asks for; that one's is used"));
            }
        }
        return value;
    }
}
