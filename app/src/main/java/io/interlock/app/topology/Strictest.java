package io.interlock.app.topology;

import io.interlock.api.topology.Policy;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What counts if containers of one backend ask to be protected in different ways: each method takes policies of one kind, the oldest
 * container's first and not none, and gives those that let pass only what all of them let pass.
 */
final class Strictest {

    private Strictest() {}

    /** All of them: whoever is allowed must be on every list. */
    static List<Policy> all(List<Policy> asked) {
        return asked;
    }

    static List<Policy> lowestRate(List<Policy> asked) {
        return lowest(
                asked,
                policy -> policy instanceof Policy.RateLimit limit
                        ? (double) limit.requests() / limit.period().toSeconds()
                        : Double.MAX_VALUE);
    }

    static List<Policy> lowestBodyLimit(List<Policy> asked) {
        return lowest(asked, policy -> policy instanceof Policy.BodyLimit(long bytes) ? bytes : Double.MAX_VALUE);
    }

    /** Not verifying is never what all of them meant. */
    static List<Policy> verified(List<Policy> asked) {
        return List.of(asked.stream()
                .filter(policy -> policy instanceof Policy.TlsToServers(boolean verified) && verified)
                .findFirst()
                .orElse(asked.getFirst()));
    }

    private static List<Policy> lowest(List<Policy> asked, ToDoubleFunction<Policy> measure) {
        return List.of(asked.stream().min(Comparator.comparingDouble(measure)).orElseThrow());
    }
}
