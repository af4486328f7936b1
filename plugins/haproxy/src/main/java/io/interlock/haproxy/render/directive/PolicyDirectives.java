package io.interlock.haproxy.render.directive;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.BackendPolicy;
import io.interlock.api.topology.BackendPolicy.BasicAuthentication.User;
import io.interlock.api.topology.BackendPolicy.Redirects.Redirect;
import io.interlock.api.topology.HeaderChange;
import io.interlock.util.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Directives for the policies of a backend. Lines are in the order of {@link PolicyOrder}, whatever the order of the
 * backend's policies. Named conditions belong to the backend.
 */
public final class PolicyDirectives {

    /** Without a condition, HAProxy warns that the following rules have no effect. */
    static final String ALWAYS = " if TRUE";

    /** How often a request is repeated that a server has answered or may have carried out, unless the container says. */
    private static final int MOST_REPEATS = 2;

    /** Causes that the built-in template has for every request. */
    private static final Set<BackendPolicy.Retries.Cause> USUAL_CAUSES =
            Set.of(BackendPolicy.Retries.Cause.CONNECT, BackendPolicy.Retries.Cause.EMPTY);

    private static final String COMPRESSED =
            "text/html text/plain text/css text/xml text/javascript application/javascript application/json"
                    + " application/xml application/wasm image/svg+xml";

    private final HttpRuleDirectives rules;
    private final Backend backend;
    private final RenderSettings settings;
    private final List<String> lines = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();
    private final List<Omission> omissions = new ArrayList<>();
    private int conditions;

    private PolicyDirectives(Backend backend, RenderSettings settings) {
        this.backend = backend;
        this.settings = settings;
        this.rules = new HttpRuleDirectives(this, settings);
    }

    public static PolicyDirectives of(Backend backend, RenderSettings settings) {
        PolicyDirectives result = new PolicyDirectives(backend, settings);
        backend.policies().stream()
                .sorted(Comparator.comparing(PolicyOrder::of))
                .forEach(result::add);
        result.queue();
        return result;
    }

    /** The directives of a backend that forwards connections. */
    public static PolicyDirectives ofTcp(Backend backend, RenderSettings settings) {
        PolicyDirectives result = new PolicyDirectives(backend, settings);
        backend.policies().stream()
                .sorted(Comparator.comparing(PolicyOrder::of))
                .forEach(result::addForTcp);
        result.queue();
        return result;
    }

    /** Without it, requests that wait for a server's limit are rejected as soon as an attempt to connect would time out. */
    private void queue() {
        if (backend.servers().stream()
                .flatMap(server -> server.policies().stream())
                .anyMatch(BackendPolicy.ConcurrencyLimit.class::isInstance)) {
            lines.add("timeout queue " + settings.proxy().serverTimeout().toMillis() + "ms");
        }
    }

    private void addForTcp(BackendPolicy policy) {
        switch (policy) {
            case BackendPolicy.AllowedClients(List<AddressRange> ranges) ->
                lines.add("tcp-request content reject unless " + from(ranges));
            case BackendPolicy.DeniedClients(List<AddressRange> ranges) ->
                lines.add("tcp-request content reject if " + from(ranges));
            case BackendPolicy.Balance(BackendPolicy.Balance.Algorithm algorithm)
            when algorithm == BackendPolicy.Balance.Algorithm.URI ->
                omit("balance", "uri", "there are no paths in TCP; servers are chosen in turn");
            case BackendPolicy.Balance balance -> add(balance);
            case BackendPolicy.Timeouts timeouts -> add(timeouts);
            default -> {
                // The policy may protect the backend.
                lines.add("tcp-request content reject" + ALWAYS);
                omit(
                        PolicyOrder.of(policy).field(),
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
        AclValues.values(test, values).forEach(each -> lines.add("acl " + name + " " + each));
        return name;
    }

    private String from(List<AddressRange> ranges) {
        return condition("src --", ranges.stream().map(AddressRange::toString).toList());
    }

    /** The name of the backend's own error pages. */
    Optional<String> errorPages() {
        return backend.policies().stream()
                .filter(BackendPolicy.ErrorPages.class::isInstance)
                .map(policy -> ((BackendPolicy.ErrorPages) policy).name())
                .findFirst();
    }

    /** Whole lines of the backend. */
    public List<String> directives() {
        return lines;
    }

    /** Whole sections that the lines refer to. */
    public List<String> sections() {
        return sections;
    }

    public List<Omission> omissions() {
        return omissions;
    }

    private void add(BackendPolicy policy) {
        switch (policy) {
            case BackendPolicy.HttpsOnly(int status) -> rules.httpsOnly(status);
            case BackendPolicy.StrictTransportSecurity hsts -> rules.strictTransport(hsts);
            case BackendPolicy.AllowedClients(List<AddressRange> ranges) ->
                lines.add("http-request deny deny_status 403 unless " + from(ranges));
            case BackendPolicy.DeniedClients(List<AddressRange> ranges) ->
                lines.add("http-request deny deny_status 403 if " + from(ranges));
            case BackendPolicy.RateLimit(int requests, Duration period) ->
                rules.rateLimit(requests, period.toSeconds());
            case BackendPolicy.BodyLimit(long bytes) -> rules.bodyLimit(bytes);
            case BackendPolicy.BasicAuthentication(List<User> users) -> rules.basicAuthentication(users);
            case BackendPolicy.ForwardAuthentication authentication ->
                new ForwardAuthDirectives(this, settings).add(authentication);
            case BackendPolicy.Maintenance(Duration retryAfter) -> rules.maintenance(retryAfter);
            case BackendPolicy.CanonicalName canonical -> rules.canonicalName(canonical);
            case BackendPolicy.Redirects(List<Redirect> redirects) -> redirects.forEach(rules::redirect);
            case BackendPolicy.StrippedPath(String prefix) -> rules.strippedPath(prefix);
            case BackendPolicy.CrossOrigin origin -> rules.crossOrigin(origin);
            case BackendPolicy.RequestHeaders(List<HeaderChange> changes) -> changes.forEach(rules::requestHeader);
            case BackendPolicy.ResponseHeaders(List<HeaderChange> changes) ->
                changes.forEach(change -> rules.header("http-response", change));
            case BackendPolicy.RequestIds ids -> lines.addAll(CorrelationRules.requestIds());
            case BackendPolicy.TraceContext context ->
                lines.addAll(new CorrelationRules(settings.proxy().listeners()).traceContext(context));
            case BackendPolicy.UpstreamHost host -> lines.add("http-request set-header Host " + host.header());
            case BackendPolicy.Upgrades(List<String> protocols) -> rules.upgrades(protocols);
            case BackendPolicy.ErrorPages(String name) -> errorPages(name);
            case BackendPolicy.Unlogged unlogged -> lines.add("http-request set-log-level silent" + ALWAYS);
            case BackendPolicy.Compression compression -> {
                lines.add("compression algo gzip");
                lines.add("compression type " + COMPRESSED);
            }
            case BackendPolicy.Balance(BackendPolicy.Balance.Algorithm algorithm) -> balance(algorithm);
            case BackendPolicy.Sticky(String cookie) -> sticky(cookie);
            case BackendPolicy.Timeouts timeouts -> timeouts(timeouts);
            case BackendPolicy.Retries retries -> retries(retries);
            // ServerParameters has these.
            case BackendPolicy.ServerPolicy any -> {}
        }
    }

    private boolean has(Class<? extends BackendPolicy> kind) {
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

    private void balance(BackendPolicy.Balance.Algorithm algorithm) {
        lines.add("balance "
                + switch (algorithm) {
                    case ROUND_ROBIN -> "roundrobin";
                    case LEAST_CONNECTIONS -> "leastconn";
                    case SOURCE -> "source";
                    case URI -> "uri";
                    case RANDOM -> "random";
                    case FIRST -> "first";
                });
        if (algorithm == BackendPolicy.Balance.Algorithm.SOURCE || algorithm == BackendPolicy.Balance.Algorithm.URI) {
            // The other kind of hash does not include servers that are added at run time.
            lines.add("hash-type consistent");
            if (backend.options().stream().noneMatch(option -> option.startsWith("redispatch"))) {
                // The hash of a request leads to the same server until that is out of service: every second try is a
                // pause, in which a check finds that out. Otherwise all tries are over within milliseconds.
                lines.add("option redispatch 2");
            }
        }
    }

    private void sticky(String cookie) {
        boolean secure = has(BackendPolicy.HttpsOnly.class)
                || settings.tls()
                        .filter(tls -> tls.settings().plainHttp() != PlainHttp.SERVED)
                        .isPresent();
        lines.add("cookie " + cookie + " insert indirect nocache httponly" + (secure ? " secure" : "")
                + " attr SameSite=Lax dynamic");
        // All instances of Interlock must give the same server the same value. It hides the address, which is not a
        // secret.
        lines.add("dynamic-cookie-key " + Sha256.nameOf(backend.name()));
    }

    private void timeouts(BackendPolicy.Timeouts asked) {
        asked.connect().ifPresent(time -> {
            Duration most = settings.proxy().connectTimeout();
            lines.add("timeout connect " + (time.compareTo(most) < 0 ? time : most).toMillis() + "ms");
        });
        asked.server().ifPresent(time -> lines.add("timeout server " + time.toMillis() + "ms"));
        asked.tunnel().ifPresent(time -> lines.add("timeout tunnel " + time.toMillis() + "ms"));
    }

    private void retries(BackendPolicy.Retries asked) {
        asked.most()
                .or(() -> asked.causes().stream().allMatch(USUAL_CAUSES::contains)
                        ? Optional.empty()
                        : Optional.of(MOST_REPEATS))
                .ifPresent(most -> lines.add("retries " + most));
        if (!asked.causes().isEmpty()) {
            lines.add("retry-on "
                    + asked.causes().stream().map(PolicyDirectives::cause).collect(Collectors.joining(" ")));
        }
    }

    private static String cause(BackendPolicy.Retries.Cause cause) {
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
