package io.interlock.app.topology.field;

import io.interlock.api.topology.BackendPolicy;
import io.interlock.app.topology.findings.FieldValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Parsers of the policies that several fields make up. Each method is a {@link PolicyParser}. */
final class CombinedPolicySyntax {

    private static final int ALL_PERCENT = 100;

    private static final List<String> CORS_METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final int USUAL_RISE = 1;
    private static final int USUAL_FALL = 2;
    private static final Duration CORS_AGE = Duration.ofMinutes(10);

    private CombinedPolicySyntax() {}

    /** Parses {@code balance}, or {@code ip_hash} if the container has no {@code balance}. */
    static Optional<BackendPolicy> balance(PolicyFieldValues values) {
        return values.has(ContainerField.BALANCE)
                ? ServerPolicySyntax.balance(values.given())
                : ServerPolicySyntax.addressHash(values.given());
    }

    static Optional<BackendPolicy> tlsToServers(PolicyFieldValues values) {
        if (!SingleFieldPolicySyntax.bool(values.given())) {
            return Optional.empty();
        }
        boolean verified = values.part(ContainerField.SSL_BACKEND_TLS_VERIFY, how -> switch (how.text()
                        .orElse("")) {
                    case "required" -> true;
                    case "none" -> false;
                    default -> throw SingleFieldPolicySyntax.expected("required or none");
                })
                .orElse(true);
        return Optional.of(new BackendPolicy.TlsToServers(verified));
    }

    /**
     * Parses {@code forward_auth} with its other fields. Each of them says that somebody decides about the requests, so
     * none of them counts without {@code forward_auth}.
     */
    static Optional<BackendPolicy> forwardAuthentication(PolicyFieldValues values) {
        if (!values.has(ContainerField.FORWARD_AUTH)) {
            throw SingleFieldPolicySyntax.expected("forward_auth, the server that decides, beside it");
        }
        String server = values.given()
                .text()
                .orElseThrow(() -> SingleFieldPolicySyntax.expected("the URL of a server, or the name of one"));
        Function<FieldValue, List<String>> headers = given ->
                new BackendPolicy.ForwardAuthentication(server, texts(given), List.of(), false).responseHeaders();
        return Optional.of(new BackendPolicy.ForwardAuthentication(
                server,
                values.part(ContainerField.FORWARD_AUTH_RESPONSE_HEADERS, headers)
                        .orElse(List.of()),
                values.part(ContainerField.FORWARD_AUTH_REQUEST_HEADERS, headers)
                        .orElse(List.of()),
                values.part(ContainerField.FORWARD_AUTH_TRUST_FORWARDED_HOST, SingleFieldPolicySyntax::bool)
                        .orElse(false)));
    }

    static Optional<BackendPolicy> crossOrigin(PolicyFieldValues values) {
        return Optional.of(new BackendPolicy.CrossOrigin(
                texts(values.given()),
                values.part(
                                ContainerField.CORS_METHODS,
                                methods -> cors(texts(methods), List.of(), CORS_AGE)
                                        .methods())
                        .orElse(CORS_METHODS),
                values.part(
                                ContainerField.CORS_HEADERS,
                                headers -> cors(CORS_METHODS, texts(headers), CORS_AGE)
                                        .headers())
                        .orElse(List.of()),
                values.part(ContainerField.CORS_CREDENTIALS, SingleFieldPolicySyntax::bool)
                        .orElse(false),
                values.part(
                                ContainerField.CORS_MAX_AGE,
                                age -> cors(CORS_METHODS, List.of(), SingleFieldPolicySyntax.seconds(age))
                                        .maxAge())
                        .orElse(CORS_AGE)));
    }

    static Optional<BackendPolicy> checkThresholds(PolicyFieldValues values) {
        Optional<Integer> rise = threshold(values, ContainerField.CHECK_RISE);
        Optional<Integer> fall = threshold(values, ContainerField.CHECK_FALL);
        return rise.isEmpty() && fall.isEmpty()
                ? Optional.empty()
                : Optional.of(new BackendPolicy.CheckThresholds(rise.orElse(USUAL_RISE), fall.orElse(USUAL_FALL)));
    }

    static Optional<BackendPolicy> retries(PolicyFieldValues values) {
        Optional<Integer> most = values.part(ContainerField.RETRIES, ServerPolicySyntax::retries);
        List<BackendPolicy.Retries.Cause> causes =
                values.part(ContainerField.RETRY_ON, ServerPolicySyntax::causes).orElse(List.of());
        return most.isEmpty() && causes.isEmpty()
                ? Optional.empty()
                : Optional.of(new BackendPolicy.Retries(most, causes));
    }

    static Optional<BackendPolicy> traceContext(PolicyFieldValues values) {
        BackendPolicy.TraceContext.Origin origin = switch (values.given().text().orElse("")) {
            case "pass" -> BackendPolicy.TraceContext.Origin.CLIENTS;
            case "begin" -> BackendPolicy.TraceContext.Origin.ALSO_HERE;
            case "restart" -> BackendPolicy.TraceContext.Origin.ALWAYS_HERE;
            default -> throw SingleFieldPolicySyntax.expected("pass, begin or restart");
        };
        return Optional.of(values.part(ContainerField.TRACE_SAMPLED, given -> traceContext(origin, given))
                .orElse(new BackendPolicy.TraceContext(origin, ALL_PERCENT)));
    }

    private static BackendPolicy.TraceContext traceContext(
            BackendPolicy.TraceContext.Origin origin, FieldValue sampled) {
        return new BackendPolicy.TraceContext(
                origin,
                sampled.integer().orElseThrow(() -> SingleFieldPolicySyntax.expected("a percentage, 0 to 100")));
    }

    static Optional<BackendPolicy> timeouts(PolicyFieldValues values) {
        Optional<Duration> connect = timeout(values, ContainerField.CONNECT_TIMEOUT);
        Optional<Duration> server = timeout(values, ContainerField.SERVER_TIMEOUT);
        Optional<Duration> tunnel = timeout(values, ContainerField.TUNNEL_TIMEOUT);
        return connect.isEmpty() && server.isEmpty() && tunnel.isEmpty()
                ? Optional.empty()
                : Optional.of(new BackendPolicy.Timeouts(connect, server, tunnel));
    }

    private static Optional<Integer> threshold(PolicyFieldValues values, ContainerField field) {
        return values.part(field, given -> {
            int number = given.integer()
                    .orElseThrow(
                            () -> new IllegalArgumentException(field.range().expected()));
            return new BackendPolicy.CheckThresholds(number, 1).rise();
        });
    }

    private static Optional<Duration> timeout(PolicyFieldValues values, ContainerField field) {
        return values.part(field, given -> {
            Duration time = SingleFieldPolicySyntax.milliseconds(given);
            return new BackendPolicy.Timeouts(Optional.of(time), Optional.empty(), Optional.empty())
                    .connect()
                    .orElseThrow();
        });
    }

    private static List<String> texts(FieldValue given) {
        return SingleFieldPolicySyntax.list(given, SingleFieldPolicySyntax.text(Function.identity()));
    }

    /** Checks one part of the policy by itself. */
    private static BackendPolicy.CrossOrigin cors(List<String> methods, List<String> headers, Duration age) {
        return new BackendPolicy.CrossOrigin(List.of(BackendPolicy.CrossOrigin.ANY), methods, headers, false, age);
    }
}
