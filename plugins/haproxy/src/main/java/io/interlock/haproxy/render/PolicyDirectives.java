package io.interlock.haproxy.render;

import io.interlock.api.loadbalancer.Omission;
import io.interlock.api.loadbalancer.TlsSettings.PlainHttp;
import io.interlock.api.topology.AddressRange;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.HeaderChange;
import io.interlock.api.topology.Policy;
import io.interlock.api.topology.Policy.BasicAuthentication.User;
import io.interlock.api.topology.Policy.Redirects.Redirect;
import io.interlock.api.topology.Route;
import io.interlock.haproxy.plan.Declaration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A backend's policies in HAProxy's words. Rules run in the order of {@link #ORDER}, whatever the order of the
 * policies. Named conditions are the backend's own.
 */
final class PolicyDirectives {

    /** Without a condition HAProxy warns that what follows has no effect. */
    private static final String ALWAYS = " if TRUE";

    private static final int UNAVAILABLE = 503;

    /** Every kind of policy once. Those that let fewer requests pass come first. */
    static final List<Class<? extends Policy>> ORDER = List.of(
            Policy.RequestIds.class,
            Policy.Unlogged.class,
            Policy.DeniedClients.class,
            Policy.AllowedClients.class,
            Policy.HttpsOnly.class,
            Policy.Redirects.class,
            Policy.CanonicalName.class,
            Policy.RateLimit.class,
            Policy.Maintenance.class,
            // Browsers ask without credentials.
            Policy.CrossOrigin.class,
            Policy.BasicAuthentication.class,
            Policy.BodyLimit.class,
            Policy.Balance.class,
            Policy.CheckThresholds.class,
            Policy.Compression.class,
            Policy.ConcurrencyLimit.class,
            Policy.ErrorPages.class,
            Policy.Http2ToServers.class,
            Policy.ProxyProtocol.class,
            Policy.RequestHeaders.class,
            Policy.ResponseHeaders.class,
            Policy.Retries.class,
            Policy.SlowStart.class,
            Policy.Sticky.class,
            Policy.StrictTransportSecurity.class,
            Policy.Timeouts.class,
            Policy.TlsToServers.class,
            // After the headers, so that the prefix is the one that was taken away.
            Policy.StrippedPath.class);

    private static final String COMPRESSED =
            "text/html text/plain text/css text/xml text/javascript application/javascript application/json"
                    + " application/xml application/wasm image/svg+xml";

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
    }

    static PolicyDirectives of(Backend backend, RenderSettings settings) {
        PolicyDirectives result = new PolicyDirectives(backend, settings);
        backend.policies().stream()
                .sorted(Comparator.comparingInt(policy -> ORDER.indexOf(policy.getClass())))
                .forEach(result::add);
        result.finish();
        return result;
    }

    /** Those of a backend that passes connections on. */
    static PolicyDirectives ofTcp(Backend backend, RenderSettings settings) {
        PolicyDirectives result = new PolicyDirectives(backend, settings);
        backend.policies().stream()
                .sorted(Comparator.comparingInt(policy -> ORDER.indexOf(policy.getClass())))
                .forEach(result::addForTcp);
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
                omissions.add(new Omission(
                        backend.name(),
                        Optional.empty(),
                        "balance",
                        "uri",
                        "there are no paths in TCP; servers are chosen in turn"));
            case Policy.Balance balance -> add(balance);
            case Policy.Timeouts timeouts -> add(timeouts);
            case Policy.ConcurrencyLimit limit -> add(limit);
            case Policy.CheckThresholds thresholds -> add(thresholds);
            case Policy.SlowStart start -> add(start);
            case Policy.ProxyProtocol protocol -> add(protocol);
            default -> {
                // It may be there to protect somebody.
                lines.add("tcp-request content reject" + ALWAYS);
                omissions.add(new Omission(
                        backend.name(),
                        Optional.empty(),
                        policy.getClass().getSimpleName(),
                        policy.toString(),
                        "means nothing for TCP; no connection is passed on"));
            }
        }
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
            case Policy.HttpsOnly(int status) -> httpsOnly(status);
            case Policy.StrictTransportSecurity hsts -> strictTransport(hsts);
            case Policy.AllowedClients(List<AddressRange> ranges) ->
                lines.add("http-request deny deny_status 403 unless " + from(ranges));
            case Policy.DeniedClients(List<AddressRange> ranges) ->
                lines.add("http-request deny deny_status 403 if " + from(ranges));
            case Policy.RateLimit(int requests, Duration period) -> rateLimit(requests, period.toSeconds());
            case Policy.BodyLimit(long bytes) -> bodyLimit(bytes);
            case Policy.BasicAuthentication(List<User> users) -> basicAuthentication(users);
            case Policy.Maintenance(Duration retryAfter) ->
                lines.add("http-request return status 503 hdr Retry-After " + retryAfter.toSeconds() + " "
                        + settings.errorPages()
                                .answer(pages(), UNAVAILABLE, "\"This is being maintained. Try again later.\\n\"")
                        + ALWAYS);
            case Policy.CanonicalName canonical ->
                lines.add("http-request redirect code " + canonical.status() + " location http%[ssl_fc,iif(s,)]://"
                        + canonical.name() + "%[req.hdr(host),regsub(^[^:]*,)]%[pathq] unless {"
                        + " req.hdr(host),lower,field(1,:),regsub([.]$,) -m str " + canonical.name() + " }");
            case Policy.Redirects(List<Redirect> redirects) -> redirects.forEach(this::redirect);
            case Policy.StrippedPath(String prefix) -> {
                lines.add("http-request set-header X-Forwarded-Prefix " + Word.quote(prefix.replace("%", "%%")));
                lines.add("http-request replace-path " + Word.quote("^" + literally(prefix) + "(/(.*))?$") + " /\\2");
            }
            case Policy.CrossOrigin origin -> crossOrigin(origin);
            case Policy.RequestHeaders(List<HeaderChange> changes) ->
                changes.forEach(change -> header("http-request", change));
            case Policy.ResponseHeaders(List<HeaderChange> changes) ->
                changes.forEach(change -> header("http-response", change));
            case Policy.RequestIds ids -> requestIds();
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

    /** As a regular expression, of whichever kind HAProxy was built with. */
    private static String literally(String prefix) {
        return prefix.replaceAll("[.$()*+?|^{}\\[\\]\\\\]", "\\\\$0");
    }

    private boolean has(Class<? extends Policy> kind) {
        return backend.policies().stream().anyMatch(kind::isInstance);
    }

    private void redirect(Redirect redirect) {
        String condition = "interlock." + ++conditions;
        boolean everything = redirect.path().equals(Route.EVERYTHING);
        lines.add("acl " + condition + " path -m str -- " + Word.quote(redirect.path()));
        if (redirect.below()) {
            lines.add("acl " + condition + " path -m beg -- " + Word.quote(everything ? "/" : redirect.path() + "/"));
        }
        String rest = redirect.appended()
                ? "%[pathq,bytes(" + (everything ? 0 : redirect.path().length()) + ")]"
                : "";
        lines.add("http-request redirect code " + redirect.status() + " location "
                + Word.quote(redirect.target().replace("%", "%%") + rest) + " if " + condition);
    }

    private Optional<String> pages() {
        return backend.policies().stream()
                .filter(Policy.ErrorPages.class::isInstance)
                .map(policy -> ((Policy.ErrorPages) policy).name())
                .findFirst();
    }

    private void errorPages(String name) {
        settings.errorPages()
                .directives(name)
                .ifPresentOrElse(
                        lines::addAll,
                        () -> omissions.add(new Omission(
                                backend.name(),
                                Optional.empty(),
                                "error_pages",
                                name,
                                "there is no folder of that name in error_pages_dir of the configuration, or there was"
                                        + " none when it was read; served with the usual pages")));
    }

    private void httpsOnly(int status) {
        if (settings.tls().isPresent()) {
            lines.add(settings.tls().get().redirect(status));
            return;
        }
        lines.add("http-request return status 403 content-type text/plain string"
                + " \"This is served by https only, and there is no https here.\\n\"" + ALWAYS);
        omissions.add(
                new Omission(
                        backend.name(),
                        Optional.empty(),
                        "ssl_only",
                        Integer.toString(status),
                        "there is no HTTPS listener (tls in the configuration) to redirect to; every request is answered with 403"));
    }

    private void strictTransport(Policy.StrictTransportSecurity hsts) {
        lines.add("http-after-response set-header Strict-Transport-Security "
                + Word.quote("max-age=" + hsts.maxAge().toSeconds()
                        + (hsts.includeSubDomains() ? "; includeSubDomains" : "")
                        + (hsts.preload() ? "; preload" : ""))
                + " if { ssl_fc }");
    }

    private void rateLimit(int requests, long seconds) {
        lines.add("stick-table type ipv6 size 100k expire " + 2 * seconds + "s store http_req_rate(" + seconds + "s)");
        lines.add("http-request track-sc0 src");
        lines.add("http-request return status 429 content-type text/plain hdr Retry-After " + seconds
                + " string \"Too many requests.\\n\" if { sc_http_req_rate(0) gt " + requests + " }");
    }

    private void bodyLimit(long bytes) {
        lines.add("http-request deny deny_status 413 if { req.body_size gt " + bytes + " }");
        lines.add("http-request wait-for-body time 1s at-least 1 unless { req.hdr(content-length) -m found }");
        lines.add("http-request return status 411 content-type text/plain string \"Content-Length is required.\\n\""
                + " if { req.body_len gt 0 } !{ req.hdr(content-length) -m found }");
    }

    private void basicAuthentication(List<User> users) {
        StringBuilder lists = new StringBuilder();
        users.forEach(user -> lists.append("    user ")
                .append(Word.quote(user.name()))
                .append(" password ")
                .append(Word.quote(user.hash()))
                .append('\n'));
        String name = "interlock.users-" + Digests.of(lists.toString());
        sections.add("userlist " + name + "\n" + lists);
        lines.add("http-request auth realm Interlock unless { http_auth(" + name + ") }");
    }

    private void crossOrigin(Policy.CrossOrigin cors) {
        boolean any = cors.origins().equals(List.of(Policy.CrossOrigin.ANY));
        String asks = any ? "{ req.hdr(origin) -m found }" : condition("req.hdr(origin) -m str --", cors.origins());
        String origin = any ? Policy.CrossOrigin.ANY : "%[req.hdr(origin)]";
        lines.add("http-request return status 204 hdr Access-Control-Allow-Origin " + origin + " hdr Vary Origin"
                + " hdr Access-Control-Allow-Methods " + Word.quote(String.join(", ", cors.methods()))
                + (cors.headers().isEmpty()
                        ? ""
                        : " hdr Access-Control-Allow-Headers " + Word.quote(String.join(", ", cors.headers())))
                + (cors.credentials() ? " hdr Access-Control-Allow-Credentials true" : "")
                + " hdr Access-Control-Max-Age " + cors.maxAge().toSeconds()
                + " if { method OPTIONS } { req.hdr(access-control-request-method) -m found } " + asks);
        lines.add("http-request set-var(txn.origin) req.hdr(origin) if " + asks);
        String answered = " if { var(txn.origin) -m found }";
        lines.add("http-after-response set-header Access-Control-Allow-Origin "
                + (any ? Policy.CrossOrigin.ANY : "%[var(txn.origin)]") + answered);
        if (cors.credentials()) {
            lines.add("http-after-response set-header Access-Control-Allow-Credentials true" + answered);
        }
        if (!any) {
            lines.add("http-after-response add-header Vary Origin");
        }
    }

    private void header(String ruleSet, HeaderChange change) {
        // A percent sign would begin something to be looked up.
        lines.add(change.value()
                .map(value -> ruleSet + " set-header " + Word.quote(change.name()) + " "
                        + Word.quote(value.replace("%", "%%")))
                .orElseGet(() -> ruleSet + " del-header " + Word.quote(change.name())));
    }

    private void requestIds() {
        lines.add("http-request set-header X-Request-Id %[uuid()] unless { req.hdr(x-request-id) -m found }");
        lines.add("http-request set-var(txn.request_id) req.hdr(x-request-id)");
        lines.add("http-after-response set-header X-Request-Id %[var(txn.request_id)]"
                + " if { var(txn.request_id) -m found }");
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
        lines.add("dynamic-cookie-key " + Digests.of(backend.name()));
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

    private String from(List<AddressRange> ranges) {
        return condition("src --", ranges.stream().map(AddressRange::toString).toList());
    }

    /** Names a condition that is true for any of the values. */
    private String condition(String test, List<String> values) {
        String name = "interlock." + ++conditions;
        AnyOf.values(test, values).forEach(each -> lines.add("acl " + name + " " + each));
        return name;
    }
}
