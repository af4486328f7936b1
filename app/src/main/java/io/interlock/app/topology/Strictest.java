package io.interlock.app.topology;

import io.interlock.api.topology.Policy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What is meant if containers of one name ask to be protected in different ways. */
final class Strictest {

    private Strictest() {}

    /**
     * What lets pass only what all of these let pass.
     *
     * @param asked policies of one kind, each once, the oldest container's first; not empty
     * @return empty if none can be told to be stricter than another
     */
    static Optional<List<Policy>> of(List<Policy> asked) {
        return switch (asked.getFirst()) {
            // Whoever is allowed has to be on every list.
            case Policy.AllowedClients allowed -> Optional.of(asked);
            case Policy.DeniedClients denied -> Optional.of(asked);
            case Policy.RateLimit limit -> lowest(asked, Strictest::rate);
            case Policy.BodyLimit limit ->
                lowest(asked, policy -> policy instanceof Policy.BodyLimit(long bytes) ? bytes : Double.MAX_VALUE);
            // Not verifying is never what all of them meant.
            case Policy.TlsToServers tls ->
                Optional.of(List.of(asked.stream()
                        .filter(policy -> policy instanceof Policy.TlsToServers(boolean verified) && verified)
                        .findFirst()
                        .orElse(tls)));
            default -> Optional.empty();
        };
    }

    private static double rate(Policy policy) {
        return policy instanceof Policy.RateLimit limit
                ? (double) limit.requests() / limit.period().toSeconds()
                : Double.MAX_VALUE;
    }

    private static Optional<List<Policy>> lowest(List<Policy> asked, ToDoubleFunction<Policy> measure) {
        return Optional.of(
                List.of(asked.stream().min(Comparator.comparingDouble(measure)).orElseThrow()));
    }
}
