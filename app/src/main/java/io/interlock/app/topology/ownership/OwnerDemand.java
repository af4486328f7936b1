package io.interlock.app.topology.ownership;

import io.interlock.api.topology.BackendPolicy.BasicAuthentication;
import io.interlock.api.topology.HostName;
import io.interlock.app.config.ownership.OwnerLimits;
import io.interlock.app.inventory.ContainerKey;
import io.interlock.app.topology.grouping.ServerCandidate;
import io.interlock.app.topology.options.PasswordHashCost;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** What all containers of one owner ask for together, counted as they come and go. */
final class OwnerDemand {

    private static final long MICROSECONDS = 1_000;

    private final Set<ServerCandidate> candidates = new TreeSet<>(NameTenure.ORDER);
    private final Map<ContainerKey, Integer> containers = new HashMap<>();
    private final Map<HostName, Integer> names = new HashMap<>();
    private final Map<HostName, Integer> expressions = new HashMap<>();
    private long hashing;

    void add(ServerCandidate candidate) {
        if (candidates.add(candidate)) {
            count(candidate, 1);
        }
    }

    void remove(ServerCandidate candidate) {
        if (candidates.remove(candidate)) {
            count(candidate, -1);
        }
    }

    private void count(ServerCandidate candidate, int by) {
        count(containers, candidate.key(), by);
        for (HostName name : candidate.names().all()) {
            count(names, name, by);
            if (name.isExpression()) {
                count(expressions, name, by);
            }
        }
        hashing += by * hashing(candidate);
    }

    private static <K> void count(Map<K, Integer> counts, K key, int by) {
        counts.compute(key, (any, count) -> {
            int sum = (count == null ? 0 : count) + by;
            return sum == 0 ? null : sum;
        });
    }

    /** Returns the microseconds that hashing a password of each user takes. */
    static long hashing(ServerCandidate candidate) {
        return candidate
                .settings()
                .policy(BasicAuthentication.class)
                .map(setting -> PasswordHashCost.of((BasicAuthentication) setting.value()))
                .orElse(0L);
    }

    static long millis(long micros) {
        return micros / MICROSECONDS;
    }

    /** Returns the candidates, those of older containers first. */
    Set<ServerCandidate> candidates() {
        return candidates;
    }

    boolean isEmpty() {
        return candidates.isEmpty();
    }

    boolean isWithin(OwnerLimits limits) {
        return !exceeds(limits.containers(), containers.size())
                && !exceeds(limits.names(), names.size())
                && !exceeds(limits.expressions(), expressions.size())
                && !exceeds(limits.hashCost(), millis(hashing));
    }

    static boolean exceeds(OptionalInt limit, long number) {
        return limit.isPresent() && number > limit.getAsInt();
    }
}
