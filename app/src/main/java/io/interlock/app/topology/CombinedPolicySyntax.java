package io.interlock.app.topology;

import io.interlock.api.topology.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Policies that several fields make up. Each method is a {@link PolicyParser}. */
final class CombinedPolicySyntax {

    private static final List<String> CORS_METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final int USUAL_RISE = 1;
    private static final int USUAL_FALL = 2;
    private static final Duration CORS_AGE = Duration.ofMinutes(10);

    private CombinedPolicySyntax() {}

    /** {@code balance} wins over {@code ip_hash}. */
    static Optional<Policy> balance(PolicyValues values) {
        return values.has(Field.BALANCE)
                ? PolicySyntax.balance(values.given())
                : PolicySyntax.addressHash(values.given());
    }

    static Optional<Policy> tlsToServers(PolicyValues values) {
        if (!PolicySyntax.bool(values.given())) {
            return Optional.empty();
        }
        boolean verified = values.part(
                        Field.SSL_BACKEND_TLS_VERIFY, how -> switch (how.text().orElse("")) {
                            case "required" -> true;
                            case "none" -> false;
                            default -> throw PolicySyntax.expected("required or none");
                        })
                .orElse(true);
        return Optional.of(new Policy.TlsToServers(verified));
    }

    static Optional<Policy> crossOrigin(PolicyValues values) {
        return Optional.of(new Policy.CrossOrigin(
                texts(values.given()),
                values.part(
                                Field.CORS_METHODS,
                                methods -> cors(texts(methods), List.of(), CORS_AGE)
                                        .methods())
                        .orElse(CORS_METHODS),
                values.part(
                                Field.CORS_HEADERS,
                                headers -> cors(CORS_METHODS, texts(headers), CORS_AGE)
                                        .headers())
                        .orElse(List.of()),
                values.part(Field.CORS_CREDENTIALS, PolicySyntax::bool).orElse(false),
                values.part(
                                Field.CORS_MAX_AGE,
                                age -> cors(CORS_METHODS, List.of(), PolicySyntax.seconds(age))
                                        .maxAge())
                        .orElse(CORS_AGE)));
    }

    static Optional<Policy> checkThresholds(PolicyValues values) {
        Optional<Integer> rise = threshold(values, Field.CHECK_RISE);
        Optional<Integer> fall = threshold(values, Field.CHECK_FALL);
        return rise.isEmpty() && fall.isEmpty()
                ? Optional.empty()
                : Optional.of(new Policy.CheckThresholds(rise.orElse(USUAL_RISE), fall.orElse(USUAL_FALL)));
    }

    static Optional<Policy> retries(PolicyValues values) {
        Optional<Integer> most = values.part(Field.RETRIES, PolicySyntax::retries);
        List<Policy.Retries.Cause> causes =
                values.part(Field.RETRY_ON, PolicySyntax::causes).orElse(List.of());
        return most.isEmpty() && causes.isEmpty() ? Optional.empty() : Optional.of(new Policy.Retries(most, causes));
    }

    static Optional<Policy> timeouts(PolicyValues values) {
        Optional<Duration> connect = timeout(values, Field.CONNECT_TIMEOUT);
        Optional<Duration> server = timeout(values, Field.SERVER_TIMEOUT);
        Optional<Duration> tunnel = timeout(values, Field.TUNNEL_TIMEOUT);
        return connect.isEmpty() && server.isEmpty() && tunnel.isEmpty()
                ? Optional.empty()
                : Optional.of(new Policy.Timeouts(connect, server, tunnel));
    }

    private static Optional<Integer> threshold(PolicyValues values, Field field) {
        return values.part(field, given -> {
            int number = given.integer()
                    .orElseThrow(
                            () -> new IllegalArgumentException(field.range().expected()));
            return new Policy.CheckThresholds(number, 1).rise();
        });
    }

    private static Optional<Duration> timeout(PolicyValues values, Field field) {
        return values.part(field, given -> {
            Duration time = PolicySyntax.milliseconds(given);
            return new Policy.Timeouts(Optional.of(time), Optional.empty(), Optional.empty())
                    .connect()
                    .orElseThrow();
        });
    }

    private static List<String> texts(Given given) {
        return PolicySyntax.list(given, PolicySyntax.text(Function.identity()));
    }

    /** Checks these by themselves. */
    private static Policy.CrossOrigin cors(List<String> methods, List<String> headers, Duration age) {
        return new Policy.CrossOrigin(List.of(Policy.CrossOrigin.ANY), methods, headers, false, age);
    }
}
