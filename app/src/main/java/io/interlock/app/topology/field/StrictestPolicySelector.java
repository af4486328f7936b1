package io.interlock.app.topology.field;

import io.interlock.api.topology.BackendPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Selects the policies that apply if containers of one backend ask for different protection. Each method takes at least
 * one policy, all of one kind, that of the oldest container first. It returns those that let pass only what all of them
 * let pass.
 */
final class StrictestPolicySelector {

    private StrictestPolicySelector() {}

    /** Returns all of them: an allowed client must be on every list. */
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

    private static List<BackendPolicy> lowest(List<BackendPolicy> asked, ToDoubleFunction<BackendPolicy> measure) {
        return List.of(asked.stream().min(Comparator.comparingDouble(measure)).orElseThrow());
    }
}
