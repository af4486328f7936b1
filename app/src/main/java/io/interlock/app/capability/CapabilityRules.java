package io.interlock.app.capability;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.app.capability.CapabilityRule.FieldOmission;
import io.interlock.app.topology.field.PolicyKind;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Rules for each capability that backends may need. */
final class CapabilityRules {

    private static final String TCP_INSTEAD = "checked by TCP as far as it checks at all";

    static final List<CapabilityRule> OF_BACKENDS = Stream.concat(
                    ofTheRest().stream(), PolicyKind.all().stream().map(CapabilityRules::ofPolicies))
            .toList();

    private CapabilityRules() {}

    private static List<CapabilityRule> ofTheRest() {
        return List.of(
                new CapabilityRule(
                        Capability.HTTP_CHECKS,
                        backend -> backend.healthCheck() instanceof HealthCheck.Http http
                                ? Optional.of(new FieldOmission(
                                        "check", "httpchk " + http.method() + " " + http.uri(), TCP_INSTEAD))
                                : Optional.empty(),
                        Optional.of(CapabilityRules::withTcpCheck)),
                new CapabilityRule(
                        Capability.PROTOCOL_CHECKS,
                        backend -> backend.healthCheck() instanceof HealthCheck.Protocol protocol
                                ? Optional.of(new FieldOmission(
                                        "check", protocol.kind().toString(), TCP_INSTEAD))
                                : Optional.empty(),
                        Optional.of(CapabilityRules::withTcpCheck)),
                new CapabilityRule(
                        Capability.CHECK_EXPECTATIONS,
                        backend -> backend.healthCheck() instanceof HealthCheck.Http http && !isUsual(http)
                                ? Optional.of(new FieldOmission(
                                        "check_status, check_headers",
                                        http.expected().toString(),
                                        "checked without them"))
                                : Optional.empty(),
                        Optional.of(CapabilityRules::withUsualCheck)),
                new CapabilityRule(
                        Capability.BACKUP_SERVERS,
                        CapabilityRules::backups,
                        Optional.of(CapabilityRules::withoutBackups)),
                new CapabilityRule(
                        Capability.WEIGHTS, CapabilityRules::weights, Optional.of(CapabilityRules::withoutWeights)),
                new CapabilityRule(
                        Capability.BACKEND_OPTIONS,
                        backend -> backend.options().isEmpty()
                                ? Optional.empty()
                                : Optional.of(new FieldOmission(
                                        "backend_options", String.join(", ", backend.options()), "served without")),
                        Optional.of(backend -> new Backend(
                                backend.name(),
                                backend.servers(),
                                backend.healthCheck(),
                                List.of(),
                                backend.policies()))));
    }

    private static CapabilityRule ofPolicies(PolicyKind kind) {
        if (kind.isOfServers()) {
            return ofServerPolicies(kind);
        }
        return new CapabilityRule(
                kind.capability(),
                backend -> backend.policies().stream()
                        .filter(kind.type()::isInstance)
                        .findFirst()
                        .map(policy -> new FieldOmission(kind.fieldNames(), policy.toString(), "served without")),
                kind.isRequired() ? Optional.empty() : Optional.of(backend -> without(kind, backend)));
    }

    private static CapabilityRule ofServerPolicies(PolicyKind kind) {
        return new CapabilityRule(
                kind.capability(),
                backend -> backend.servers().stream()
                        .flatMap(server -> server.policies().stream())
                        .filter(kind.type()::isInstance)
                        .findFirst()
                        .map(policy -> new FieldOmission(
                                kind.fieldNames(),
                                policy.toString(),
                                kind.isRequired()
                                        ? "those that need it are not served, since it would not work or not be safe"
                                        : "served without")),
                Optional.of(backend -> withoutServers(kind, backend)));
    }

    /** Removes the policy from the servers, or those servers that must not be served without it. */
    private static Backend withoutServers(PolicyKind kind, Backend backend) {
        return new Backend(
                backend.name(),
                backend.servers().stream()
                        .filter(server -> !kind.isRequired() || !asksFor(kind, server))
                        .map(server -> asksFor(kind, server)
                                ? server.with(server.policies().stream()
                                        .filter(policy -> !kind.type().isInstance(policy))
                                        .toList())
                                : server)
                        .toList(),
                backend.healthCheck(),
                backend.options(),
                backend.policies());
    }

    private static boolean asksFor(PolicyKind kind, Server server) {
        return server.policies().stream().anyMatch(kind.type()::isInstance);
    }

    private static Backend without(PolicyKind kind, Backend backend) {
        return new Backend(
                backend.name(),
                backend.servers(),
                backend.healthCheck(),
                backend.options(),
                backend.policies().stream()
                        .filter(policy -> !kind.type().isInstance(policy))
                        .toList());
    }

    private static Optional<FieldOmission> weights(Backend backend) {
        return backend.servers().stream()
                .filter(server -> server.weight() != 1)
                .findFirst()
                .map(server ->
                        new FieldOmission("weight", Integer.toString(server.weight()), "served with the same weight"));
    }

    private static Backend withoutWeights(Backend backend) {
        return withServers(backend, server -> server.weighing(1));
    }

    private static Optional<FieldOmission> backups(Backend backend) {
        return backend.servers().stream()
                .filter(Server::backup)
                .findFirst()
                .map(server -> new FieldOmission(
                        "backup",
                        server.name(),
                        hasOthers(backend)
                                ? "gets no new requests, also if no other server can take them"
                                : "served all the same"));
    }

    /** A backup is not served beside others: it may be one because its container has weight 0. */
    private static Backend withoutBackups(Backend backend) {
        boolean others = hasOthers(backend);
        return withServers(
                backend,
                server -> server.in(server.backup() && others ? ServerState.DRAINING : server.state())
                        .asBackup(false));
    }

    private static boolean hasOthers(Backend backend) {
        return backend.servers().stream().anyMatch(server -> !server.backup() && server.state() == ServerState.READY);
    }

    private static Backend withServers(Backend backend, UnaryOperator<Server> change) {
        return new Backend(
                backend.name(),
                backend.servers().stream().map(change).toList(),
                backend.healthCheck(),
                backend.options(),
                backend.policies());
    }

    private static boolean isUsual(HealthCheck.Http http) {
        return http.headers().isEmpty() && http.expected().equals(HealthCheck.Statuses.USUAL);
    }

    private static Backend withUsualCheck(Backend backend) {
        return backend.healthCheck() instanceof HealthCheck.Http http
                ? withCheck(backend, new HealthCheck.Http(http.method(), http.uri(), http.host()))
                : backend;
    }

    private static Backend withTcpCheck(Backend backend) {
        return withCheck(backend, new HealthCheck.Tcp());
    }

    private static Backend withCheck(Backend backend, HealthCheck check) {
        return new Backend(backend.name(), backend.servers(), check, backend.options(), backend.policies());
    }
}
