package io.interlock.app.topology.field;

import io.interlock.api.topology.BackendPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What counts if containers of one backend ask to be protected in different ways: each method takes policies of one kind, the oldest
 * container's first and not none, and gives those that let pass only what all of them let pass.
 */
final class StrictestPolicySelector {

    private StrictestPolicySelector() {}

    /** All of them: whoever is allowed must be on every list. */
    static List<BackendPolicy> all(List<BackendPolicy> asked) {
        return asked;
    }

    static List<BackendPolicy> lowestRate(List<BackendPolicy> asked) {
        return lowest(
                asked,
                policy -> policy instanceof BackendPolicy.RateLimit limit
                        ? (double) limit.requests() / limit.period().toSeconds()
                        : Double.MAX_VALUE);
    }

    static List<BackendPolicy> lowestBodyLimit(List<BackendPolicy> asked) {
        return lowest(
                asked, policy -> policy instanceof BackendPolicy.BodyLimit(long bytes) ? bytes : Double.MAX_VALUE);
    }

    /** Not verifying is never what all of them meant. */
    static List<BackendPolicy> verified(List<BackendPolicy> asked) {
        return List.of(asked.stream()
                .filter(policy -> policy instanceof BackendPolicy.TlsToServers(boolean verified) && verified)
                .findFirst()
                .orElse(asked.getFirst()));
    }

    private static List<BackendPolicy> lowest(List<BackendPolicy> asked, ToDoubleFunction<BackendPolicy> measure) {
        return List.of(asked.stream().min(Comparator.comparingDouble(measure)).orElseThrow());
    }
}
