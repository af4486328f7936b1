package io.interlock.app.topology.ownership;

import io.interlock.api.topology.TlsVersion;
import io.interlock.app.topology.grouping.ServerCandidate;
import io.interlock.app.topology.options.RouteScope;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Containers of one owner that ask for a name, and what they say about it. A change costs nothing for the others. */
final class OwnerCandidates {

    private final Map<RouteScope, TreeSet<ServerCandidate>> byScope = new HashMap<>();
    private final TreeMap<TlsVersion, Integer> versions = new TreeMap<>();
    private boolean disturbed;

    void add(ServerCandidate candidate) {
        TreeSet<ServerCandidate> ofScope =
                byScope.computeIfAbsent(candidate.settings().scope(), any -> new TreeSet<>(NameTenure.ORDER));
        ofScope.add(candidate);
        candidate.settings().tls().leastVersion().ifPresent(version -> versions.merge(version, 1, Integer::sum));
        disturbed |= ofScope.first().equals(candidate)
                || candidate.settings().tls().leastVersion().isPresent();
    }

    void remove(ServerCandidate candidate) {
        RouteScope scope = candidate.settings().scope();
        disturbed |= lead(scope).filter(candidate::equals).isPresent()
                || candidate.settings().tls().leastVersion().isPresent();
        byScope.computeIfPresent(scope, (any, ofScope) -> {
            ofScope.remove(candidate);
            return ofScope.isEmpty() ? null : ofScope;
        });
        candidate
                .settings()
                .tls()
                .leastVersion()
                .ifPresent(
                        version -> versions.computeIfPresent(version, (any, count) -> count == 1 ? null : count - 1));
    }

    boolean isEmpty() {
        return byScope.isEmpty();
    }

    /** Returns the oldest of the containers with a scope. */
    Optional<ServerCandidate> lead(RouteScope scope) {
        @Nullable TreeSet<ServerCandidate> ofScope = byScope.get(scope);
        return Optional.ofNullable(ofScope).map(TreeSet::first);
    }

    /** Returns the highest of the minimum versions of TLS that they ask for. */
    Optional<TlsVersion> leastVersion() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.lastKey());
    }

    /** Begins a change. */
    void begin() {
        disturbed = false;
    }

    /** Whether the change concerns what counts for other owners' containers. */
    boolean isDisturbed() {
        return disturbed;
    }
}
