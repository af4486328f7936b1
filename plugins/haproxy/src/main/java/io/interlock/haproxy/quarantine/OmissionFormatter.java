package io.interlock.haproxy.quarantine;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.Topology;
import io.interlock.api.topology.VirtualHost;
import io.interlock.haproxy.model.BackendSpec;
import io.interlock.haproxy.model.CertificateSpec;
import io.interlock.haproxy.model.ConfigSecretMask;
import io.interlock.haproxy.model.DesiredConfig;
import java.util.Optional;
import java.util.stream.Collectors;

/** Describes excluded parts in terms of containers and their fields. */
public final class OmissionFormatter {

    private OmissionFormatter() {}

    /**
     * The omission for a part.
     *
     * @param topology the requested topology
     * @param desired the configuration for the topology, including the part
     * @param said HAProxy's message about the part
     */
    public static Omission of(ConfigPart part, Topology topology, DesiredConfig desired, String said) {
        String backend = part.backend();
        return switch (part) {
            case ConfigPart.WholeBackend whole ->
                new Omission(
                        backend,
                        Optional.empty(),
                        "hostname",
                        routes(backend, topology),
                        reason("the route is left out", said));
            case ConfigPart.Server(String name, String server) ->
                server(name, server, topology, reason("the server alone is left out", said));
            case ConfigPart.Check check ->
                new Omission(
                        backend,
                        Optional.empty(),
                        "check",
                        check(backend, desired),
                        reason("left out, connecting is tried instead", said));
            case ConfigPart.ListedCertificate(String path) ->
                new Omission(
                        backend,
                        Optional.empty(),
                        "certificate",
                        certificate(path, desired),
                        reason("not shown to clients", said));
            case ConfigPart.Directive directive ->
                new Omission(backend, Optional.empty(), directive.field(), directive.value(), reason("left out", said));
        };
    }

    private static String certificate(String path, DesiredConfig desired) {
        return desired.certificates().stream()
                .filter(each -> each.path().equals(path))
                .map(CertificateSpec::id)
                .findFirst()
                .orElse(path);
    }

    private static String reason(String what, String said) {
        return what + " until it changes; HAProxy refuses it: " + ConfigSecretMask.mask(said);
    }

    private static Omission server(String backend, String name, Topology topology, String reason) {
        Optional<Server> server = topology.backends().stream()
                .filter(each -> each.name().equals(backend))
                .map(Backend::servers)
                .flatMap(servers ->
                        servers.stream().filter(each -> name.equals(each.name()) || name.startsWith(each.name() + ":")))
                .findFirst();
        String value = name
                + server.map(found -> " at " + found.address().getHostAddress() + ", port " + found.port())
                        .orElse("");
        return new Omission(backend, server.map(Server::id), "server", value, reason);
    }

    private static String routes(String backend, Topology topology) {
        return topology.virtualHosts().stream()
                .flatMap(host -> host.routes().stream()
                        .filter(route -> route.backendName().equals(backend))
                        .map(route -> name(host, route)))
                .collect(Collectors.joining(", "));
    }

    private static String name(VirtualHost host, Route route) {
        return host.hostNames().getFirst().value()
                + (route.pathPrefix().equals(Route.EVERYTHING) ? "" : route.pathPrefix());
    }

    private static String check(String backend, DesiredConfig desired) {
        return desired.backends().stream()
                .filter(each -> each.name().equals(backend))
                .map(BackendSpec::directives)
                .flatMap(lines -> lines.stream()
                        .filter(line -> ConfigPart.ofDirective(backend, line) instanceof ConfigPart.Check))
                .map(ConfigSecretMask::mask)
                .collect(Collectors.joining("; "));
    }
}
