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
import io.interlock.app.topology.findings.Finding;
import io.interlock.app.topology.options.ContainerSettings;
import io.interlock.app.topology.options.RouteScope;
import io.interlock.util.Sha256;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final int COOKIE_DIGITS = 8;
    private static final int MAX_COOKIE_START = 55;

    /** First label of the name with which a wildcard's containers are checked. */
    private static final String WILDCARD_CHECK = "interlock.";

    private static final int MAX_DOMAIN = 253 - WILDCARD_CHECK.length();

    /**
     * @param claims the route keys, sorted, not empty, all with the same scope
     * @param candidates all candidates that ask for them, oldest first; not empty
     */
    static BackendGroup of(List<RouteKey> claims, List<ServerCandidate> candidates) {
        List<HostName> names = claims.stream().map(RouteKey::name).toList();
        RouteScope scope = claims.getFirst().scope();
        HostName name = mainName(names, candidates);
        String backendName = BackendNames.of(name, scope);
        SharedSettingSelector shared = new SharedSettingSelector(name, candidates);
        List<BackendPolicy> policies = policies(name, names, scope, candidates, shared);
        Optional<HostName> checkName = policies.stream()
                .filter(BackendPolicy.UpstreamHost.class::isInstance)
                .map(policy -> ((BackendPolicy.UpstreamHost) policy).name())
                .findFirst()
                .or(() -> checkName(name));
        HealthCheck check = shared.oldest(BackendGroup::check).orElseGet(HealthCheck.Tcp::new);
        Backend backend = new Backend(
                backendName,
                servers(candidates, host(check).or(() -> checkName)),
                withHost(check, checkName),
                shared.oldest(ContainerSettings::options).orElse(List.of()),
                policies);
        int priority = shared.oldest(ContainerSettings::priority).orElse(0);
        VirtualHost virtualHost = new VirtualHost(
                names,
                List.of(new Route(scope.path(), scope.conditions(), priority, backendName)),
                tls(candidates, shared));
        return new BackendGroup(names, scope, candidates.getFirst(), virtualHost, backend, shared.findings());
    }

    RouteKey firstRouteKey() {
        return new RouteKey(names.getFirst(), scope);
    }

    /** Whether the group gets every request for its names that no other group asks for. */
    boolean takesEverything() {
        return scope.isEverything();
    }

    /**
     * Returns the policies of the backend. For protection, the wishes of all containers count, and the strictest one, or
     * that of the oldest container that asks, if only one policy is possible. Everything else follows the oldest
     * container. Maintenance applies to the whole group only if all containers ask for it.
     */
    private static List<BackendPolicy> policies(
            HostName name,
            List<HostName> names,
            RouteScope scope,
            List<ServerCandidate> candidates,
            SharedSettingSelector shared) {
        List<BackendPolicy> policies = new ArrayList<>();
        for (PolicyKind kind : PolicyKind.all()) {
            if (kind.isOfServers()) {
                continue;
            }
            List<BackendPolicy> asked = candidates.stream()
                    .flatMap(claimant -> claimant.settings().policy(kind.type()).stream())
                    .map(FieldSetting::value)
                    .distinct()
                    .toList();
            Optional<List<BackendPolicy>> strictest = kind.strictest(asked);
            if (strictest.isPresent()) {
                policies.addAll(strictest.get());
            } else if (kind.protects()) {
                shared.oldestThatAsks(settings -> settings.policy(kind.type())).ifPresent(policies::add);
            } else if (kind.type() != BackendPolicy.Maintenance.class || inMaintenance(candidates)) {
                shared.oldest(settings -> settings.policy(kind.type()))
                        .map(policy -> distinct(policy, name, scope))
                        .ifPresent(policies::add);
            }
        }
        if (names.size() > 1 && name.isExact() && scope.listen().isEmpty()) {
            shared.oldest(ContainerSettings::redirectAliases)
                    .ifPresent(status -> policies.add(new BackendPolicy.CanonicalName(name, status)));
        }
        if (!scope.path().equals(Route.EVERYTHING)
                && shared.oldest(ContainerSettings::stripPath).orElse(false)) {
            policies.add(new BackendPolicy.StrippedPath(scope.path()));
        }
        return policies;
    }

    /** Gives the cookies of backends that share a host name different names, since a browser sends all of them. */
    private static BackendPolicy distinct(BackendPolicy policy, HostName name, RouteScope scope) {
        if (policy instanceof BackendPolicy.Sticky(String cookie) && !scope.isEverything()) {
            String start = cookie.substring(0, Math.min(MAX_COOKIE_START, cookie.length()));
            return new BackendPolicy.Sticky(start + "_" + Sha256.hex(BackendNames.of(name, scope), COOKIE_DIGITS));
        }
        return policy;
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
    private static HostTls tls(List<ServerCandidate> candidates, SharedSettingSelector shared) {
        Optional<String> certificate = shared.oldest(settings -> settings.tls().certificate());
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

    /** Returns a name that health checks can ask for as clients do; empty if no name follows from that of the group. */
    private static Optional<HostName> checkName(HostName name) {
        if (name.isExact()) {
            return Optional.of(name);
        }
        return name.isWildcard() && name.domain().length() <= MAX_DOMAIN
                ? Optional.of(new HostName(WILDCARD_CHECK + name.domain()))
                : Optional.empty();
    }

    /** Returns the check that a container asks for, unless it is the usual one. */
    private static Optional<FieldSetting<HealthCheck>> check(ContainerSettings settings) {
        return settings.check().filter(asked -> !(asked.value() instanceof HealthCheck.Tcp));
    }

    private static Optional<HostName> host(HealthCheck check) {
        return check instanceof HealthCheck.Http http ? http.host() : Optional.empty();
    }

    private static HealthCheck withHost(HealthCheck check, Optional<HostName> name) {
        return check instanceof HealthCheck.Http http && http.host().isEmpty()
                ? new HealthCheck.Http(http.method(), http.uri(), name, http.headers(), http.expected())
                : check;
    }

    /**
     * @param checkName the name that checks of servers with TLS ask for
     */
    private static List<Server> servers(List<ServerCandidate> candidates, Optional<HostName> checkName) {
        List<Server> servers = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        boolean all = inMaintenance(candidates);
        Map<OwnerId, Integer> latest = latestReleases(candidates);
        boolean someFirst = !candidates.getFirst().joiner();
        for (ServerCandidate claimant : candidates) {
            boolean rests = claimant.settings().release() < latest.getOrDefault(claimant.owner(), 0)
                    || (!all && inMaintenance(claimant))
                    || (someFirst && claimant.joiner() && claimant.server().backup());
            Server own = claimant.server().with(serverPolicies(claimant, checkName));
            Server server = rests ? own.in(ServerState.DRAINING) : own;
            String name = ServerNames.distinct(server.name(), claimant.key(), taken);
            taken.add(name);
            servers.add(name.equals(server.name()) ? server : server.named(name));
        }
        return servers;
    }

    private static List<BackendPolicy.ServerPolicy> serverPolicies(
            ServerCandidate candidate, Optional<HostName> checkName) {
        List<BackendPolicy.ServerPolicy> policies = new ArrayList<>();
        for (FieldSetting<BackendPolicy> setting : candidate.settings().policies()) {
            if (setting.value() instanceof BackendPolicy.TlsToServers(boolean verified, Optional<HostName> none)) {
                policies.add(new BackendPolicy.TlsToServers(verified, checkName));
            } else if (setting.value() instanceof BackendPolicy.ServerPolicy policy) {
                policies.add(policy);
            }
        }
        return policies;
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
}
