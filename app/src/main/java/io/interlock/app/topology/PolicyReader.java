package io.interlock.app.topology;

import io.interlock.api.topology.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges what a container asks for about requests. What is wrong is ignored, unless somebody relies on being protected by it: then
 * the container is not served.
 */
final class PolicyReader {

    private static final List<String> CORS_METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final int USUAL_RISE = 1;
    private static final int USUAL_FALL = 2;
    private static final Duration CORS_AGE = Duration.ofMinutes(10);

    private final ContainerData data;
    private final Findings findings;
    private final List<Setting<Policy>> policies = new ArrayList<>();

    private PolicyReader(ContainerData data, Findings findings) {
        this.data = data;
        this.findings = findings;
    }

    /** At most one of each kind. */
    static List<Setting<Policy>> read(ContainerData data, Findings findings) {
        PolicyReader reader = new PolicyReader(data, findings);
        reader.readProtection();
        reader.readTreatment();
        reader.readServers();
        return List.copyOf(reader.policies);
    }

    /** With what status requests for other names than the container's own are redirected to that. */
    static Optional<Setting<Integer>> redirectAliases(ContainerData data, Findings findings) {
        return new PolicyReader(data, findings)
                .part(Field.REDIRECT_ALIASES, PolicySyntax::redirect)
                .flatMap(Function.identity())
                .map(status ->
                        new Setting<>(status, data.get(Field.REDIRECT_ALIASES).orElseThrow()));
    }

    private void readProtection() {
        take(Field.SSL_ONLY, PolicySyntax::httpsOnly);
        take(Field.ALLOW, PolicySyntax::allowed);
        take(Field.DENY, PolicySyntax::denied);
        take(Field.RATE_LIMIT, PolicySyntax::rateLimit);
        take(Field.MAX_BODY, PolicySyntax::bodyLimit);
        take(Field.BASIC_AUTH, PolicySyntax::basicAuthentication);
    }

    private void readTreatment() {
        take(Field.HSTS, PolicySyntax::hsts);
        take(Field.MAINTENANCE, PolicySyntax::maintenance);
        take(Field.REDIRECTS, PolicySyntax::redirects);
        take(Field.CORS_ORIGINS, this::crossOrigin);
        take(Field.REQUEST_HEADERS, PolicySyntax::requestHeaders);
        take(Field.RESPONSE_HEADERS, PolicySyntax::responseHeaders);
        take(Field.REQUEST_ID, PolicySyntax::requestIds);
        take(Field.COMPRESSION, PolicySyntax::compression);
        take(Field.ERROR_PAGES, PolicySyntax::errorPages);
        take(Field.ACCESS_LOG, PolicySyntax::accessLog);
    }

    private void readServers() {
        take(
                data.get(Field.BALANCE).isPresent() ? Field.BALANCE : Field.IP_HASH,
                given -> data.get(Field.BALANCE).isPresent()
                        ? PolicySyntax.balance(given)
                        : PolicySyntax.addressHash(given));
        take(Field.STICKY, PolicySyntax::sticky);
        take(Field.MAX_CONN, PolicySyntax::concurrencyLimit);
        take(Field.PROTO, PolicySyntax::protocol);
        take(Field.SEND_PROXY, PolicySyntax::proxyProtocol);
        take(Field.SSL_BACKEND, this::tlsToServers);
        take(Field.SLOW_START, given -> Optional.of(new Policy.SlowStart(PolicySyntax.milliseconds(given))));
        checkThresholds();
        retries();
        timeouts();
    }

    private Optional<Policy> tlsToServers(Given given) {
        if (!PolicySyntax.bool(given)) {
            return Optional.empty();
        }
        boolean verified = part(
                        Field.SSL_BACKEND_TLS_VERIFY, how -> switch (how.text().orElse("")) {
                            case "required" -> true;
                            case "none" -> false;
                            default -> throw PolicySyntax.expected("required or none");
                        })
                .orElse(true);
        return Optional.of(new Policy.TlsToServers(verified));
    }

    private Optional<Policy> crossOrigin(Given given) {
        return Optional.of(new Policy.CrossOrigin(
                PolicySyntax.list(given, PolicySyntax.text(Function.identity())),
                part(
                                Field.CORS_METHODS,
                                methods -> cors(texts(methods), List.of()).methods())
                        .orElse(CORS_METHODS),
                part(
                                Field.CORS_HEADERS,
                                headers -> cors(CORS_METHODS, texts(headers)).headers())
                        .orElse(List.of()),
                part(Field.CORS_CREDENTIALS, PolicySyntax::bool).orElse(false),
                part(Field.CORS_MAX_AGE, PolicySyntax::seconds).orElse(CORS_AGE)));
    }

    private void checkThresholds() {
        Optional<Integer> rise = threshold(Field.CHECK_RISE);
        Optional<Integer> fall = threshold(Field.CHECK_FALL);
        Optional<Given> given = data.get(Field.CHECK_RISE).or(() -> data.get(Field.CHECK_FALL));
        if (rise.isPresent() || fall.isPresent()) {
            policies.add(new Setting<>(
                    new Policy.CheckThresholds(rise.orElse(USUAL_RISE), fall.orElse(USUAL_FALL)), given.orElseThrow()));
        }
    }

    private void retries() {
        Optional<Integer> most = part(Field.RETRIES, PolicySyntax::retries);
        List<Policy.Retries.Cause> causes =
                part(Field.RETRY_ON, PolicySyntax::causes).orElse(List.of());
        Optional<Given> given = data.get(Field.RETRIES).or(() -> data.get(Field.RETRY_ON));
        if (most.isPresent() || !causes.isEmpty()) {
            policies.add(new Setting<>(new Policy.Retries(most, causes), given.orElseThrow()));
        }
    }

    private Optional<Integer> threshold(Field field) {
        return part(field, given -> {
            int number = given.integer().orElseThrow(() -> PolicySyntax.expected("a number of checks, 1 to 100"));
            return new Policy.CheckThresholds(number, 1).rise();
        });
    }

    private static List<String> texts(Given given) {
        return PolicySyntax.list(given, PolicySyntax.text(Function.identity()));
    }

    /** Judges these by themselves. */
    private static Policy.CrossOrigin cors(List<String> methods, List<String> headers) {
        return new Policy.CrossOrigin(List.of(Policy.CrossOrigin.ANY), methods, headers, false, CORS_AGE);
    }

    private void timeouts() {
        Optional<Duration> connect = timeout(Field.CONNECT_TIMEOUT);
        Optional<Duration> server = timeout(Field.SERVER_TIMEOUT);
        Optional<Duration> tunnel = timeout(Field.TUNNEL_TIMEOUT);
        Optional<Given> given = data.get(Field.CONNECT_TIMEOUT)
                .or(() -> data.get(Field.SERVER_TIMEOUT))
                .or(() -> data.get(Field.TUNNEL_TIMEOUT));
        if (connect.isPresent() || server.isPresent() || tunnel.isPresent()) {
            policies.add(new Setting<>(new Policy.Timeouts(connect, server, tunnel), given.orElseThrow()));
        }
    }

    private Optional<Duration> timeout(Field field) {
        return part(field, given -> {
            Duration time = PolicySyntax.milliseconds(given);
            return new Policy.Timeouts(Optional.of(time), Optional.empty(), Optional.empty())
                    .connect()
                    .orElseThrow();
        });
    }

    /** Something that is asked for beside a policy; a wrong value is ignored. */
    private <T> Optional<T> part(Field field, Function<Given, T> parse) {
        return data.get(field).flatMap(given -> {
            try {
                return Optional.of(parse.apply(given));
            } catch (IllegalArgumentException | ArithmeticException e) {
                findings.ignored(given, e.getMessage() + "; ignored");
                return Optional.empty();
            }
        });
    }

    private void take(Field field, Function<Given, Optional<Policy>> parse) {
        data.get(field).ifPresent(given -> {
            try {
                parse.apply(given).ifPresent(policy -> policies.add(new Setting<>(policy, given)));
            } catch (IllegalArgumentException | ArithmeticException e) {
                if (field.protects()) {
                    findings.leftOut(
                            given, e.getMessage() + "; not served, since serving without it might not be safe");
                } else {
                    findings.ignored(given, e.getMessage() + "; ignored");
                }
            }
        });
    }
}
