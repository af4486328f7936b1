package io.interlock.app.topology.field;

import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.Balance.Algorithm;
import io.interlock.api.topology.BackendPolicy.Retries.Cause;
import io.interlock.app.topology.findings.FieldValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Policies for the servers of a backend as containers write them. Each method returns the policy, nothing if the value asks for
 * none, and throws an {@link IllegalArgumentException} that says what is expected.
 */
final class ServerPolicySyntax {

    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "roundrobin", Algorithm.ROUND_ROBIN,
            "leastconn", Algorithm.LEAST_CONNECTIONS,
            "source", Algorithm.SOURCE,
            "uri", Algorithm.URI,
            "random", Algorithm.RANDOM,
            "first", Algorithm.FIRST);

    private static final Map<String, Cause> CAUSES = Map.of(
            "connect", Cause.CONNECT,
            "empty", Cause.EMPTY,
            "timeout", Cause.TIMEOUT,
            "500", Cause.STATUS_500,
            "502", Cause.STATUS_502,
            "503", Cause.STATUS_503,
            "504", Cause.STATUS_504);

    private static final String COOKIE = "INTERLOCK";

    private ServerPolicySyntax() {}

    static int retries(FieldValue given) {
        int most = given.integer()
                .orElseThrow(() -> SingleFieldPolicySyntax.expected("how often a request may be sent again, 0 to 10"));
        return new BackendPolicy.Retries(Optional.of(most), List.of()).most().orElseThrow();
    }

    static List<Cause> causes(FieldValue given) {
        return SingleFieldPolicySyntax.list(given, element -> {
            Cause cause = CAUSES.get(element.shown().strip());
            if (cause == null) {
                throw SingleFieldPolicySyntax.expected("some of "
                        + String.join(", ", CAUSES.keySet().stream().sorted().toList()));
            }
            return cause;
        });
    }

    static Optional<BackendPolicy> balance(FieldValue given) {
        Algorithm algorithm = ALGORITHMS.get(given.text().orElse(""));
        if (algorithm == null) {
            throw SingleFieldPolicySyntax.expected("one of "
                    + String.join(", ", ALGORITHMS.keySet().stream().sorted().toList()));
        }
        return Optional.of(new BackendPolicy.Balance(algorithm));
    }

    static Optional<BackendPolicy> addressHash(FieldValue given) {
        return SingleFieldPolicySyntax.flag(given, new BackendPolicy.Balance(Algorithm.SOURCE));
    }

    static Optional<BackendPolicy> sticky(FieldValue given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(new BackendPolicy.Sticky(COOKIE)) : Optional.empty();
        }
        return Optional.of(new BackendPolicy.Sticky(given.text()
                .orElseThrow(() -> SingleFieldPolicySyntax.expected("true, false, or the name of the cookie"))));
    }

    static Optional<BackendPolicy> concurrencyLimit(FieldValue given) {
        return Optional.of(new BackendPolicy.ConcurrencyLimit(given.integer()
                .orElseThrow(
                        () -> SingleFieldPolicySyntax.expected("how many requests a container takes at one time"))));
    }

    static Optional<BackendPolicy> protocol(FieldValue given) {
        return switch (given.text().orElse("").toLowerCase(Locale.ROOT)) {
            case "h2" -> Optional.of(new BackendPolicy.Http2ToServers());
            case "h1", "http/1.1" -> Optional.empty();
            default -> throw SingleFieldPolicySyntax.expected("h2 or h1");
        };
    }

    static Optional<BackendPolicy> proxyProtocol(FieldValue given) {
        Optional<Boolean> asked = given.bool();
        if (asked.isPresent()) {
            return asked.get() ? Optional.of(new BackendPolicy.ProxyProtocol(1)) : Optional.empty();
        }
        return switch (given.text().orElse("")) {
            case "v1" -> Optional.of(new BackendPolicy.ProxyProtocol(1));
            case "v2" -> Optional.of(new BackendPolicy.ProxyProtocol(2));
            default -> throw SingleFieldPolicySyntax.expected("true, false, v1 or v2");
        };
    }

    static Optional<BackendPolicy> slowStart(FieldValue given) {
        return Optional.of(new BackendPolicy.SlowStart(SingleFieldPolicySyntax.milliseconds(given)));
    }
}
