package io.interlock.app.topology.grouping;

import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.HealthCheck;
import io.interlock.api.topology.HostName;
import io.interlock.api.topology.HostTls;
import io.interlock.api.topology.Route;
import io.interlock.api.topology.Server;
import io.interlock.api.topology.ServerState;
import io.interlock.api.topology.TlsVersion;
import io.interlock.api.topology.VirtualHost;
import io.interlock.app.config.ownership.OwnerId;
import io.interlock.app.topology.field.FieldSetting;
import io.interlock.app.topology.field.PolicyKind;
import io.interlock.app.topology.findings.FieldValue;
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.findings.Finding.Severity;
import io.interlock.app.topology.findings.FindingText;
import io.interlock.app.topology.options.ContainerSettings;
import io.interlock.app.topology.options.RouteScope;
import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Containers that ask for the same route keys, served by one backend.
 *
 * @param names host names of the route keys, sorted
 * @param scope scope of all route keys
 * @param oldest the oldest of the containers
 * @param virtualHost serves the names if no other group asks for one of them
 * @param backend the containers
 * @param findings settings in which the containers contradict each other
 */
record BackendGroup(
        List<HostName> names,
        RouteScope scope,
        ServerCandidate oldest,
        VirtualHost virtualHost,
        Backend backend,
        List<Finding> findings) {

    /**
     * @param claims the route keys, sorted, not empty, all with the same scope
     * @param candidates all candidates that ask for them, oldest first; not empty
     */
    static BackendGroup of(List<RouteKey> claims, List<ServerCandidate> candidates) {
        List<HostName> names = claims.stream().map(RouteKey::name).toList();
        RouteScope scope = claims.getFirst().scope();
        HostName name = mainName(names, candidates);
        String backendName = BackendNames.of(name, scope);
        List<Finding> findings = new ArrayList<>();
        Backend backend = new Backend(
                backendName,
                servers(candidates),
                oldest(name, candidates, ContainerSettings::check, findings).orElseGet(HealthCheck.Tcp::new),
                oldest(name, candidates, ContainerSettings::options, findings).orElse(List.of()),
                policies(name, names, scope, candidates, findings));
        int priority =
                oldest(name, candidates, ContainerSettings::priority, findings).orElse(0);
        VirtualHost virtualHost = new VirtualHost(
                names,
                List.of(new Route(scope.path(), scope.conditions(), priority, backendName)),
                tls(name, candidates, findings));
        return new BackendGroup(names, scope, candidates.getFirst(), virtualHost, backend, List.copyOf(findings));
    }

    RouteKey firstRouteKey() {
        return new RouteKey(names.getFirst(), scope);
    }

    /** Whether the group gets every request for its names that no other group asks for. */
    boolean takesEverything() {
        return scope.isEverything();
    }

    /**
     * Returns the policies of the backend. For protection, the wishes of all containers count, and the strictest one if
     * only one policy is possible. Everything else follows the oldest container that asks. Maintenance applies to the
     * whole group only if all containers ask for it.
     */
    private static List<BackendPolicy> policies(
            HostName name,
            List<HostName> names,
            RouteScope scope,
            List<ServerCandidate> candidates,
            List<Finding> findings) {
        List<BackendPolicy> policies = new ArrayList<>();
        for (PolicyKind kind : PolicyKind.all()) {
            List<BackendPolicy> asked = candidates.stream()
                    .flatMap(claimant -> claimant.settings().policy(kind.type()).stream())
                    .map(FieldSetting::value)
                    .distinct()
                    .toList();
            Optional<List<BackendPolicy>> strictest = kind.strictest(asked);
            if (strictest.isPresent()) {
                policies.addAll(strictest.get());
            } else if (kind.type() != BackendPolicy.Maintenance.class || inMaintenance(candidates)) {
                oldest(name, candidates, settings -> settings.policy(kind.type()), findings)
                        .ifPresent(policies::add);
            }
        }
        if (names.size() > 1 && name.isExact() && scope.listen().isEmpty()) {
            oldest(name, candidates, ContainerSettings::redirectAliases, findings)
                    .ifPresent(status -> policies.add(new BackendPolicy.CanonicalName(name, status)));
        }
        if (!scope.path().equals(Route.EVERYTHING)
                && oldest(name, candidates, ContainerSettings::stripPath, findings)
                        .orElse(false)) {
            policies.add(new BackendPolicy.StrippedPath(scope.path()));
        }
        return policies;
    }

    /** Whether all containers of the owner ask for it; the first container is the owner's if there are any. */
    private static boolean inMaintenance(List<ServerCandidate> candidates) {
        OwnerId owner = candidates.getFirst().owner();
        return candidates.stream()
                .filter(candidate -> candidate.owner().equals(owner))
                .allMatch(BackendGroup::inMaintenance);
    }

    private static boolean inMaintenance(ServerCandidate claimant) {
        return claimant.settings().policy(BackendPolicy.Maintenance.class).isPresent();
    }

    /**
     * Returns the TLS settings of the names. One container that asks for an issued certificate is enough. Of several
     * minimum versions, the highest applies.
     */
    private static HostTls tls(HostName name, List<ServerCandidate> candidates, List<Finding> findings) {
        Optional<String> certificate =
                oldest(name, candidates, settings -> settings.tls().certificate(), findings);
        boolean issued = candidates.stream()
                .anyMatch(claimant -> claimant.settings().tls().issued());
        Optional<TlsVersion> least = candidates.stream()
                .flatMap(claimant -> claimant.settings().tls().leastVersion().stream())
                .max(Comparator.naturalOrder());
        return issued || certificate.isPresent() || least.isPresent()
                ? new HostTls(issued, certificate, least)
                : HostTls.NONE;
    }

    /** Returns the first name that is the main name of a container, otherwise the first alias. */
    private static HostName mainName(List<HostName> names, List<ServerCandidate> candidates) {
        Set<HostName> own = new HashSet<>();
        candidates.forEach(claimant -> claimant.names().primary().ifPresent(own::add));
        return names.stream().filter(own::contains).findFirst().orElse(names.getFirst());
    }

    private static List<Server> servers(List<ServerCandidate> candidates) {
        List<Server> servers = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        boolean all = inMaintenance(candidates);
        Map<OwnerId, Integer> latest = latestReleases(candidates);
        boolean someFirst = !candidates.getFirst().joiner();
        for (ServerCandidate claimant : candidates) {
            boolean rests = claimant.settings().release() < latest.getOrDefault(claimant.owner(), 0)
                    || (!all && inMaintenance(claimant))
                    || (someFirst && claimant.joiner() && claimant.server().backup());
            Server server = rests ? claimant.server().in(ServerState.DRAINING) : claimant.server();
            String name = ServerNames.distinct(server.name(), claimant.key(), taken);
            taken.add(name);
            servers.add(name.equals(server.name()) ? server : server.named(name));
        }
        return servers;
    }

    /**
     * Returns the highest release of each owner's containers that can serve. A container that is stopping or gets no
     * requests does not supersede another one, and none supersedes that of another owner.
     */
    private static Map<OwnerId, Integer> latestReleases(List<ServerCandidate> candidates) {
        return candidates.stream()
                .filter(claimant -> claimant.server().state() == ServerState.READY
                        && claimant.settings().weight() > 0
                        && !inMaintenance(claimant))
                .collect(Collectors.toMap(
                        ServerCandidate::owner, claimant -> claimant.settings().release(), Math::max));
    }

    /** Returns the value of the oldest container that has one. Each container with a different value gets a finding. */
    private static <T> Optional<T> oldest(
            HostName name,
            List<ServerCandidate> candidates,
            Function<ContainerSettings, Optional<FieldSetting<T>>> setting,
            List<Finding> findings) {
        Optional<ServerCandidate> winner = candidates.stream()
                .filter(claimant -> setting.apply(claimant.settings()).isPresent())
                .findFirst();
        Optional<T> value =
                winner.flatMap(oldest -> setting.apply(oldest.settings())).map(FieldSetting::value);
        for (ServerCandidate claimant : candidates) {
            setting.apply(claimant.settings())
                    .filter(other -> !Optional.of(other.value()).equals(value))
                    .ifPresent(other -> findings.add(overruled(other.source(), claimant, winner.orElseThrow(), name)));
        }
        return value;
    }

    private static Finding overruled(
            FieldValue given, ServerCandidate claimant, ServerCandidate winner, HostName name) {
        return new Finding(
                Severity.IGNORED,
                claimant.key(),
                claimant.containerName(),
                given.place(),
                PrintableText.of(given.shown()),
                FindingText.ignored("differs from what " + winner.containerName() + " (" + winner.key()
                        + ") asks for, the oldest container of " + name + " that asks"));
    }
}
