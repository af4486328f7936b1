package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.Policy;
import io.interlock.api.topology.Policy.BasicAuthentication.User;
import io.interlock.api.topology.Policy.Redirects.Redirect;
import io.interlock.haproxy.plan.Declaration;
import io.interlock.util.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A backend's policies in HAProxy's words. Lines stand in the order of {@link PolicyRank}, in whatever order the backend has its policies.
 * Named conditions are the backend's own.
 */
final class PolicyDirectives {

    /** Without a condition HAProxy warns that what follows has no effect. */
    static final String ALWAYS = " if TRUE";

    private static final String COMPRESSED =
            "text/html text/plain text/css text/xml text/javascript application/javascript application/json"
                    + " application/xml application/wasm image/svg+xml";

    private final HttpRules rules;
    private final Backend backend;
    private final RenderSettings settings;
    private final List<String> lines = new ArrayList<>();
    private final List<String> serverDefaults = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();
    private final List<Omission> omissions = new ArrayList<>();
    private int conditions;

    private PolicyDirectives(Backend backend, RenderSettings settings) {
        this.backend = backend;
        this.settings = settings;
        this.rules = new HttpRules(this, settings);
    }

    static PolicyDirectives of(Backend backend, RenderSettings settings) {
        PolicyDirectives result = new PolicyDirectives(backend, settings);
        backend.policies().stream().sorted(Comparator.comparing(PolicyRank::of)).forEach(result::add);
        result.finish();
        return result;
    }

    /** Those of a backend that passes connections on. */
    static PolicyDirectives ofTcp(Backend backend, RenderSettings settings) {
        PolicyDirectives result = new PolicyDirectives(backend, settings);
        backend.policies().stream().sorted(Comparator.comparing(PolicyRank::of)).forEach(result::addForTcp);
        result.finish();
        return result;
    }

    private void finish() {
        if (!serverDefaults.isEmpty()) {
            lines.add(Declaration.SERVER_DEFAULTS + String.join(" ", serverDefaults));
        }
    }

    private void addForTcp(Policy policy) {
        switch (policy) {
            case Policy.AllowedClients(List<AddressRange> ranges) ->
                lines.add("tcp-request content reject unless " + from(ranges));
            case Policy.DeniedClients(List<AddressRange> ranges) ->
                lines.add("tcp-request content reject if " + from(ranges));
            case Policy.Balance(Policy.Balance.Algorithm algorithm)
            when algorithm == Policy.Balance.Algorithm.URI ->
                omit("balance", "uri", "there are no paths in TCP; servers are chosen in turn");
            case Policy.Balance balance -> add(balance);
            case Policy.Timeouts timeouts -> add(timeouts);
            case Policy.ConcurrencyLimit limit -> add(limit);
            case Policy.CheckThresholds thresholds -> add(thresholds);
            case Policy.SlowStart start -> add(start);
            case Policy.ProxyProtocol protocol -> add(protocol);
            default -> {
                // It may be there to protect somebody.
                lines.add("tcp-request content reject" + ALWAYS);
                omit(
                        PolicyRank.of(policy).field(),
                        policy.toString(),
                        "means nothing for TCP; no connection is passed on");
            }
        }
    }

    /** Adds a whole line to the backend. */
    void add(String line) {
        lines.add(line);
    }

    /** Adds a whole section that lines refer to. */
    void addSection(String section) {
        sections.add(section);
    }

    void omit(String field, String value, String reason) {
        omissions.add(new Omission(backend.name(), Optional.empty(), field, value, reason));
    }

    /** A new name for a condition, unique in the backend. */
    String conditionName() {
        return "interlock." + ++conditions;
    }

    /** Names a condition that is true for any of the values. */
    String condition(String test, List<String> values) {
        String name = conditionName();
        AnyOf.values(test, values).forEach(each -> lines.add("acl " + name + " " + each));
        return name;
    }

    private String from(List<AddressRange> ranges) {
        return condition("src --", ranges.stream().map(AddressRange::toString).toList());
    }

    /** The name of the backend's own error pages. */
    Optional<String> errorPages() {
        return backend.policies().stream()
                .filter(Policy.ErrorPages.class::isInstance)
                .map(policy -> ((Policy.ErrorPages) policy).name())
                .findFirst();
    }

    /** Whole lines of the backend. */
    List<String> directives() {
        return lines;
    }

    /** Whole sections that they refer to. */
    List<String> sections() {
        return sections;
    }

    List<Omission> omissions() {
        return omissions;
    }

    private void add(Policy policy) {
        switch (policy) {
            case Policy.HttpsOnly(int status) -> rules.httpsOnly(status);
            case Policy.StrictTransportSecurity hsts -> rules.strictTransport(hsts);
            case Policy.AllowedClients(List<AddressRange> ranges) ->
                lines.add("http-request deny deny_status 403 unless " + from(ranges));
            case Policy.DeniedClients(List<AddressRange> ranges) ->
                lines.add("http-request deny deny_status 403 if " + from(ranges));
            case Policy.RateLimit(int requests, Duration period) -> rules.rateLimit(requests, period.toSeconds());
            case Policy.BodyLimit(long bytes) -> rules.bodyLimit(bytes);
            case Policy.BasicAuthentication(List<User> users) -> rules.basicAuthentication(users);
            case Policy.Maintenance(Duration retryAfter) -> rules.maintenance(retryAfter);
            case Policy.CanonicalName canonical -> rules.canonicalName(canonical);
            case Policy.Redirects(List<Redirect> redirects) -> redirects.forEach(rules::redirect);
            case Policy.StrippedPath(String prefix) -> rules.strippedPath(prefix);
            case Policy.CrossOrigin origin -> rules.crossOrigin(origin);
            case Policy.RequestHeaders(List<HeaderChange> changes) ->
                changes.forEach(change -> rules.header("http-request", change));
            case Policy.ResponseHeaders(List<HeaderChange> changes) ->
                changes.forEach(change -> rules.header("http-response", change));
            case Policy.RequestIds ids -> rules.requestIds();
            case Policy.ErrorPages(String name) -> errorPages(name);
            case Policy.Unlogged unlogged -> lines.add("http-request set-log-level silent" + ALWAYS);
            case Policy.Compression compression -> {
                lines.add("compression algo gzip");
                lines.add("compression type " + COMPRESSED);
            }
            case Policy.Balance(Policy.Balance.Algorithm algorithm) -> balance(algorithm);
            case Policy.Sticky(String cookie) -> sticky(cookie);
            case Policy.Timeouts timeouts -> timeouts(timeouts);
            case Policy.Retries retries -> retries(retries);
            case Policy.ConcurrencyLimit(int perServer) -> {
                serverDefaults.add("maxconn " + perServer);
                // Without it those that wait are sent away as soon as a try to connect would be given up.
                lines.add("timeout queue " + settings.proxy().serverTimeout().toMillis() + "ms");
            }
            case Policy.CheckThresholds(int rise, int fall) ->
                serverDefaults.add(ServerParameters.THRESHOLDS + rise + " fall " + fall);
            case Policy.SlowStart(Duration time) -> serverDefaults.add("slowstart " + time.toMillis() + "ms");
            case Policy.Http2ToServers http2 -> serverDefaults.add("proto h2");
            case Policy.TlsToServers(boolean verified) ->
                serverDefaults.add("ssl " + (verified ? "verify required ca-file @system-ca" : "verify none")
                        + " sni req.hdr(host),field(1,:)" + (has(Policy.Http2ToServers.class) ? " alpn h2" : ""));
            case Policy.ProxyProtocol(int version) -> serverDefaults.add(version == 1 ? "send-proxy" : "send-proxy-v2");
        }
    }

    private boolean has(Class<? extends Policy> kind) {
        return backend.policies().stream().anyMatch(kind::isInstance);
    }

    private void errorPages(String name) {
        settings.errorPages()
                .directives(name)
                .ifPresentOrElse(
                        lines::addAll,
                        () -> omit(
                                "error_pages",
                                name,
                                "there is no folder of that name in error_pages_dir of the configuration, or there was"
                                        + " none when it was read; served with the usual pages"));
    }

    private void balance(Policy.Balance.Algorithm algorithm) {
        lines.add("balance "
                + switch (algorithm) {
                    case ROUND_ROBIN -> "roundrobin";
                    case LEAST_CONNECTIONS -> "leastconn";
                    case SOURCE -> "source";
                    case URI -> "uri";
                    case RANDOM -> "random";
                    case FIRST -> "first";
                });
        if (algorithm == Policy.Balance.Algorithm.SOURCE || algorithm == Policy.Balance.Algorithm.URI) {
            // The other kind knows no servers that come while HAProxy runs.
            lines.add("hash-type consistent");
        }
    }

    private void sticky(String cookie) {
        boolean secure = has(Policy.HttpsOnly.class)
                || settings.tls()
                        .filter(tls -> tls.settings().plainHttp() != PlainHttp.SERVED)
                        .isPresent();
        lines.add("cookie " + cookie + " insert indirect nocache httponly" + (secure ? " secure" : "")
                + " attr SameSite=Lax dynamic");
        // All instances of Interlock have to give the same server the same value. It hides the address, no secret.
        lines.add("dynamic-cookie-key " + Sha256.nameOf(backend.name()));
    }

    private void timeouts(Policy.Timeouts asked) {
        asked.connect().ifPresent(time -> {
            Duration most = settings.proxy().connectTimeout();
            lines.add("timeout connect " + (time.compareTo(most) < 0 ? time : most).toMillis() + "ms");
        });
        asked.server().ifPresent(time -> lines.add("timeout server " + time.toMillis() + "ms"));
        asked.tunnel().ifPresent(time -> lines.add("timeout tunnel " + time.toMillis() + "ms"));
    }

    private void retries(Policy.Retries asked) {
        asked.most().ifPresent(most -> lines.add("retries " + most));
        if (!asked.causes().isEmpty()) {
            lines.add("retry-on "
                    + asked.causes().stream().map(PolicyDirectives::cause).collect(Collectors.joining(" ")));
        }
    }

    private static String cause(Policy.Retries.Cause cause) {
        return switch (cause) {
            case CONNECT -> "conn-failure";
            case EMPTY -> "empty-response";
            case TIMEOUT -> "response-timeout";
            case STATUS_500 -> "500";
            case STATUS_502 -> "502";
            case STATUS_503 -> "503";
            case STATUS_504 -> "504";
        };
    }
}
