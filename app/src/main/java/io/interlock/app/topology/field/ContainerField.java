package io.interlock.app.topology.field;

import static io.interlock.app.topology.field.FieldDefinition.field;
import static io.interlock.app.topology.field.ValueForm.FLAG;
import static io.interlock.app.topology.field.ValueForm.TEXT;
import static io.interlock.app.topology.field.ValueForm.either;
import static io.interlock.app.topology.field.ValueForm.list;
import static io.interlock.app.topology.field.ValueForm.number;
import static io.interlock.app.topology.field.ValueForm.text;
import static io.interlock.app.topology.field.ValueForm.word;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.BackendPolicy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Table of the fields that a container may give in INTERLOCK_DATA and in labels {@code interlock.FIELD}.
 *
 * <p>An entry is all that a field needs: readers, the capability filter, {@code explain}, the table in
 * {@code docs/container-data.md}, {@code docs/interlock-data.schema.json} and the tests of hostile input follow from
 * it. The order of the entries is the order of the documentation, and of the policies of a backend. The
 * {@link WrongValueEffect} of a field is the only place that says whether the field fails closed. In the description of
 * a value, {@code {range}} stands for the bounds of a number and {@code {most}} for the length of a list.
 */
public enum ContainerField {
    ENABLE(field(FLAG, "`false`: the container is not served", "`true`", "true")
            .wrong(WrongValueEffect.UNWANTED)
            .alsoNamed("enabled")
            .mistakenFor("disable", "disabled", "exclude", "excluded", "ignore", "ignored", "skip", "off")
            .tcp()),
    HOSTNAME(field(TEXT, "a host name, or its first part", "`--hostname`", "\"www.example.com\"")
            .wrong(WrongValueEffect.replaced(
                    "leaves the container without a name of its own; if it has no aliases, it is left out"))
            .tcp()),
    DOMAIN(field(TEXT, "what follows the hostname", "`--domainname`", "\"example.com\"")
            .wrong(WrongValueEffect.replaced("as `hostname`"))
            .tcp()),
    ALIAS_DOMAINS(field(
                    list(TEXT, ContainerLimits.ALIASES),
                    "list of host names, at most `names_per_container` of [`limits`](limits.md) with those of all routes",
                    "none",
                    "[\"example.com\"]")
            .wrong(WrongValueEffect.replaced("the wrong name is ignored; if it is no list, the field"))
            .once("alias_domain")
            .tcp()),
    PORT(field(number("a TCP port", 1, 65_535), "container port, {range}", "see below", "8080")
            .wrong(WrongValueEffect.UNCLEAR)
            .tcp()),
    NETWORK(field(
                    TEXT,
                    "name of the network to reach the container in",
                    "see [below](#where-a-container-is-reached)",
                    "\"bridge\"")
            .wrong(WrongValueEffect.UNCLEAR)
            .tcp()),
    WEIGHT(field(number("", 0, 256), "its share of the requests, {range}", "1", "10")
            .wrong(WrongValueEffect.replaced("1 is used"))
            .tcp()),
    PATH(field(text("^/"), "prefix of whole segments, such as `/api`", "`/`: everything", "\"/api\"")
            .wrong(WrongValueEffect.UNCLEAR)
            .once("context_root")),
    PATH_MATCH(field(
                    word("prefix", "exact"),
                    "`exact`: only requests for `path` itself; `prefix`: also for what is below it",
                    "`prefix`",
                    "\"exact\"")
            .selects("path_type", "path_exact", "exact", "exact_path", "match_type")),
    MATCH_PATHS(field(
                    list(TEXT, ContainerLimits.PATH_EXPRESSIONS),
                    "list of regular expressions, at most {most}: only requests whose whole path matches one of these",
                    "all",
                    "[\"/api/v[0-9]+/.*\"]")
            .selects("match_path", "path_regex", "path_regexp", "path_pattern")),
    MODE(field(
                    word("http", "tcp", "tls"),
                    "`http`; `tcp`: all connections to a port; `tls`: those of TLS clients that ask for its names",
                    "`http`",
                    "\"tcp\"")
            .wrong(WrongValueEffect.UNCLEAR)
            .tcp()),
    LISTEN(field(
                    number("a port", 1, 65_535),
                    "with `tcp` and `tls`: the port at which clients connect, within the operator's `tcp_ports`",
                    "none",
                    "5432")
            .wrong(WrongValueEffect.UNCLEAR)
            .tcp()),
    MATCH_HEADERS(field(
                    list(TEXT, ContainerLimits.CONDITIONS),
                    "list of `NAME: VALUE`, or `NAME` alone, at most {most}: only requests with these headers",
                    "all",
                    "[\"X-Canary: yes\"]")
            .selects("match", "matches", "matcher", "condition", "conditions", "rule")),
    MATCH_COOKIES(field(
                    list(TEXT, ContainerLimits.CONDITIONS),
                    "list of `NAME=VALUE`, or `NAME` alone, at most {most}: only requests with these cookies",
                    "all",
                    "[\"release=next\"]")
            .selects("match_cookie")),
    MATCH_QUERY(field(
                    list(TEXT, ContainerLimits.CONDITIONS),
                    "list of `NAME=VALUE`, or `NAME` alone, at most {most}: only requests with these parameters of the"
                            + " query",
                    "all",
                    "[\"debug\"]")
            .selects("match_params", "match_parameters")),
    MATCH_METHODS(field(
                    list(text("^[A-Z]{1,20}$"), ContainerLimits.CONDITIONS),
                    "list of methods, at most {most}: only requests with one of these",
                    "all",
                    "[\"GET\", \"POST\"]")
            .selects("match_method")),
    MATCH_CLIENTS(field(list(), "list of address ranges: only requests of these clients", "all", "[\"10.0.0.0/8\"]")
            .selects("match_ips", "match_addresses")),
    PRIORITY(field(number("", -1_000, 1_000), "{range}: of several routes that match, the highest wins", "0", "10")
            .wrong(WrongValueEffect.UNCLEAR)),
    DEFAULT(field(FLAG, "`true`: it gets the requests for names that no other container has", "`false`", "true")
            .wrong(WrongValueEffect.replaced("taken as false"))),
    STRIP_PATH(field(FLAG, "`true`: the path is removed before the container gets a request", "`false`", "true")
            .wrong(WrongValueEffect.replaced("taken as false"))
            .once("context_root_rewrite")
            .becomes(BackendPolicy.StrippedPath.class, Capability.STRIPPED_PATHS)
            .required()),
    HEALTHCHECK(field(FLAG, "`false`: its HEALTHCHECK does not decide whether it is served", "`true`", "false")
            .wrong(WrongValueEffect.replaced("taken as true"))
            .tcp()),
    WARM(field(FLAG, "`true`: it must answer a request before it is served", "`false`", "true")
            .wrong(WrongValueEffect.replaced("taken as false"))),
    CHECK(field(TEXT, "how it is checked, see below", "a TCP connection", "\"httpchk GET /health\"")
            .once("health_check")
            .tcp()),
    CHECK_INTERVAL(
            field(number("milliseconds", 100, 3_600_000), "milliseconds between two checks, {range}", "5000", "10000")
                    .wrong(WrongValueEffect.replaced("5000 is used"))
                    .once("health_check_interval")
                    .tcp()),
    CHECK_STATUS(field(
                    either(number("a status", 100, 599), text("^[1-5][0-9]{2}(-[1-5][0-9]{2})?$")),
                    "the status with which a check by HTTP passes, or a range: `200-299`",
                    "200 to 399",
                    "\"200-299\"")
            .tcp()),
    CHECK_HEADERS(field(
                    list(text("^[^:]+:.*[^ ]"), 20),
                    "list of `NAME: VALUE`, at most {most}: headers of a check by HTTP",
                    "none",
                    "[\"X-Check: interlock\"]")
            .secret()
            .tcp()),
    CHECK_RISE(field(
                    number("a number of checks", 1, 100),
                    "checks in a row that must pass, {range}, until a container that was down gets requests",
                    "1",
                    "2")
            .combined(
                    BackendPolicy.CheckThresholds.class,
                    Capability.CHECK_THRESHOLDS,
                    CombinedPolicySyntax::checkThresholds)
            .tcp()),
    CHECK_FALL(field(
                    number("a number of checks", 1, 100),
                    "checks in a row that must fail, {range}, until it gets no requests",
                    "2",
                    "3")
            .shares(BackendPolicy.CheckThresholds.class)
            .tcp()),
    SLOW_START(field(
                    number("milliseconds", 1_000, 3_600_000),
                    "milliseconds, {range}, until a container that came up has its whole share",
                    "none",
                    "30000")
            .policy(BackendPolicy.SlowStart.class, Capability.SLOW_START, ServerPolicySyntax::slowStart)
            .tcp()),
    RELEASE(field(
                    number("a whole number", 0, 999_999_999),
                    "{range}: of the containers of a name those with the highest get the requests",
                    "0",
                    "42")
            .wrong(WrongValueEffect.replaced("0 is used"))
            .tcp()),
    BACKUP(field(FLAG, "`true`: it gets requests only while none of the others can take them", "`false`", "true")
            .wrong(WrongValueEffect.replaced("taken as false"))
            .tcp()),
    BACKEND_OPTIONS(field(list(TEXT, 50), "list of options, at most {most}", "none", "[\"http-no-delay\"]")
            .wrong(WrongValueEffect.replaced("the wrong option is ignored; if it is no list, the field"))
            .once("backend_option")),
    TLS(field(word("acme"), "`acme`: get certificates for its names from a certificate authority", "none", "\"acme\"")),
    SSL_CERT(field(
                    TEXT,
                    "the name of a certificate in the operator's folder, with or without `.pem`",
                    "the one that fits best",
                    "\"www.example.com\"")
            .wrong(WrongValueEffect.replaced("the certificate that fits best is used"))),
    TLS_MIN_VERSION(field(
                    word("1.2", "1.3"),
                    "`1.2` or `1.3`: the oldest version of TLS for its names",
                    "that of the listener",
                    "\"1.3\"")
            .wrong(WrongValueEffect.strictest("1.3 is used"))
            .mistakenFor(
                    "min_tls_version",
                    "tls_version",
                    "tls_options",
                    "tls_policy",
                    "tls_protocols",
                    "minimum_tls",
                    "ssl_policy",
                    "ssl_protocols")),
    SSL_ONLY(field(
                    either(FLAG, word("301", "302", "307", "308")),
                    "`true`, or the status of the redirect: 301, 302, 307, 308",
                    "`false`",
                    "true")
            .protects(
                    "https_only",
                    "tls_only",
                    "https",
                    "https_method",
                    "secure",
                    "redirect_scheme",
                    "redirectscheme",
                    "force_ssl",
                    "force_https",
                    "ssl_redirect",
                    "https_redirect",
                    "redirect_to_https",
                    "require_ssl",
                    "require_tls",
                    "require_https")
            .policy(BackendPolicy.HttpsOnly.class, Capability.HTTPS_ONLY, SingleFieldPolicySyntax::httpsOnly)),
    HSTS(field(either(FLAG, TEXT), "`true`, or the value of the header", "none", "\"max-age=31536000\"")
            .policy(
                    BackendPolicy.StrictTransportSecurity.class,
                    Capability.STRICT_TRANSPORT_SECURITY,
                    SingleFieldPolicySyntax::hsts)),
    ALLOW(field(list(), "list of address ranges: only these clients", "all", "[\"10.0.0.0/8\"]")
            .protects(
                    "allowed",
                    "allowlist",
                    "whitelist",
                    "permit",
                    "source",
                    "sources",
                    "source_range",
                    "ip_filter",
                    "ip_allow",
                    "ipallow",
                    "remote_ip",
                    "remoteip",
                    "client_ip",
                    "clientip",
                    "network_access",
                    "limit_except",
                    "acl")
            .policy(BackendPolicy.AllowedClients.class, Capability.CLIENT_ADDRESSES, SingleFieldPolicySyntax::allowed)
            .strictest(StrictestPolicySelector::all)
            .tcp()),
    DENY(field(list(), "list of address ranges: not these clients", "none", "[\"10.9.0.0/16\"]")
            .protects(
                    "denied",
                    "denylist",
                    "blacklist",
                    "block",
                    "blocked",
                    "blocklist",
                    "ban",
                    "banned",
                    "reject",
                    "abort",
                    "bad_bots",
                    "ip_deny",
                    "ipdeny",
                    "forbid",
                    "forbidden")
            .policy(BackendPolicy.DeniedClients.class, Capability.CLIENT_ADDRESSES, SingleFieldPolicySyntax::denied)
            .strictest(StrictestPolicySelector::all)
            .tcp()),
    RATE_LIMIT(field(
                    text("^[0-9]{1,7} ?/ ?[0-9]{0,4}[smh]$"),
                    "requests per time and client: `100/s`, `100/10s`, `600/m`, up to an hour",
                    "none",
                    "\"100/10s\"")
            .protects(
                    "rate",
                    "limit",
                    "limits",
                    "limit_rate",
                    "limit_req",
                    "throttle",
                    "throttling",
                    "rps",
                    "burst",
                    "quota",
                    "concurrency",
                    "limit_conn",
                    "inflightreq",
                    "in_flight_req")
            .policy(BackendPolicy.RateLimit.class, Capability.RATE_LIMITS, SingleFieldPolicySyntax::rateLimit)
            .strictest(StrictestPolicySelector::lowestRate)),
    MAX_BODY(field(
                    either(number("bytes", 0, Integer.MAX_VALUE), text("^[0-9]{1,12}[kmgKMG]?$")),
                    "bytes, also with `k`, `m` or `g` (of 1024)",
                    "no limit",
                    "\"10m\"")
            .protects(
                    "body",
                    "buffering",
                    "body_limit",
                    "body_size",
                    "limit_body",
                    "max_body_size",
                    "max_size",
                    "client_max_body_size",
                    "request_body_limit")
            .policy(BackendPolicy.BodyLimit.class, Capability.BODY_LIMITS, SingleFieldPolicySyntax::bodyLimit)
            .strictest(StrictestPolicySelector::lowestBodyLimit)),
    BASIC_AUTH(field(
                    list(text("^[A-Za-z0-9._@-]{1,64}:\\$"), ValueForm.USUAL_ELEMENTS),
                    "list of `USER:HASH`",
                    "none",
                    "[\"alice:$5$abc$qsg6EHbUzHQzF1POlD7zUwBINSELQxypPaeDcZe6vH0\"]")
            .protects(
                    "auth",
                    "auth_basic",
                    "http_auth",
                    "authentication",
                    "authorization",
                    "user",
                    "users",
                    "users_file",
                    "usersfile",
                    "password",
                    "passwords",
                    "passwd",
                    "htpasswd",
                    "credentials")
            .secret()
            .policy(
                    BackendPolicy.BasicAuthentication.class,
                    Capability.BASIC_AUTHENTICATION,
                    SingleFieldPolicySyntax::basicAuthentication)),
    FORWARD_AUTH(field(
                    text("^(http://\\S{1,1016}|[A-Za-z0-9][A-Za-z0-9_-]{0,63})$"),
                    "URL of `http` of the server that decides about each request, or a name of `auth_servers`",
                    "none",
                    "\"http://auth.example.com:9091/verify\"")
            .protects(
                    "forward_authentication",
                    "forwardauth",
                    "auth_forward",
                    "auth_proxy",
                    "auth_request",
                    "auth_server",
                    "auth_url",
                    "authelia",
                    "authentik",
                    "external_auth",
                    "ext_auth",
                    "ext_authz",
                    "oauth",
                    "oauth2",
                    "oauth2_proxy",
                    "oidc",
                    "openid",
                    "sso")
            .combined(
                    BackendPolicy.ForwardAuthentication.class,
                    Capability.FORWARD_AUTHENTICATION,
                    CombinedPolicySyntax::forwardAuthentication)
            .strictest(StrictestPolicySelector::all)),
    FORWARD_AUTH_RESPONSE_HEADERS(field(
                    list(text("^[A-Za-z0-9_.-]{1,128}$"), ContainerLimits.AUTH_HEADERS),
                    "list of headers of the server's answer that the container gets, at most {most}",
                    "none",
                    "[\"Remote-User\", \"Remote-Groups\"]")
            .protects("auth_response_headers", "copy_headers")
            .shares(BackendPolicy.ForwardAuthentication.class)),
    FORWARD_AUTH_REQUEST_HEADERS(field(
                    list(text("^[A-Za-z0-9_.-]{1,128}$"), ContainerLimits.AUTH_HEADERS),
                    "list of headers of the request that the server gets, at most {most}",
                    "all",
                    "[\"Cookie\", \"Accept\"]")
            .protects("auth_request_headers")
            .shares(BackendPolicy.ForwardAuthentication.class)),
    FORWARD_AUTH_TRUST_FORWARDED_HOST(field(
                    FLAG,
                    "`true`: the server gets the host that a trusted proxy reports, not that of the request",
                    "`false`",
                    "true")
            .protects("trust_forward_header", "trustforwardheader")
            .shares(BackendPolicy.ForwardAuthentication.class)),
    MAINTENANCE(field(
                    either(number("seconds", 0, 86_400), FLAG),
                    "`true`, or the seconds after which clients may try again, up to 86400",
                    "`false`",
                    "120")
            .policy(BackendPolicy.Maintenance.class, Capability.MAINTENANCE, SingleFieldPolicySyntax::maintenance)
            .required()),
    REDIRECTS(field(
                    list(text("^\\s*/\\S*\\s+\\S+(\\s+30[12378])?\\s*$"), ValueForm.USUAL_ELEMENTS),
                    "list of `FROM TO` or `FROM TO STATUS`",
                    "none",
                    "[\"/old/* /new/* 301\"]")
            .combined(BackendPolicy.Redirects.class, Capability.REDIRECTS, SingleFieldPolicySyntax::redirects)),
    REDIRECT_ALIASES(field(
                    either(FLAG, word("301", "302", "307", "308")),
                    "`true`, or the status of the redirect",
                    "`false`",
                    "true")
            .becomes(BackendPolicy.CanonicalName.class, Capability.CANONICAL_NAMES)),
    CORS_ORIGINS(field(list(), "list of origins, or `*` alone for all", "none", "[\"https://app.example.com\"]")
            .mistakenFor(
                    "cors",
                    "cors_allow_origin",
                    "cors_allow_origins",
                    "allow_origin",
                    "allow_origins",
                    "allowed_origins")
            .combined(BackendPolicy.CrossOrigin.class, Capability.CROSS_ORIGIN, CombinedPolicySyntax::crossOrigin)),
    CORS_METHODS(field(list(), "list of methods", "GET, HEAD, POST, PUT, PATCH, DELETE", "[\"GET\", \"PUT\"]")
            .mistakenFor("cors_allow_methods", "allow_methods", "allowed_methods")),
    CORS_HEADERS(field(list(), "list of header names, or `*`", "none", "[\"Content-Type\", \"X-Token\"]")
            .mistakenFor("cors_allow_headers", "allow_headers", "allowed_headers")),
    CORS_CREDENTIALS(field(FLAG, "`true`: scripts may send cookies", "`false`", "true")
            .mistakenFor("cors_allow_credentials", "allow_credentials")),
    CORS_MAX_AGE(field(number("seconds", 0, 86_400), "seconds, {range}", "600", "3600")),
    REQUEST_HEADERS(field(
                    list(),
                    "list of `NAME: VALUE`, or `NAME:` to remove one",
                    "none",
                    "[\"X-Environment: production\", \"X-Debug:\"]")
            .secret()
            .combined(BackendPolicy.RequestHeaders.class, Capability.HEADERS, SingleFieldPolicySyntax::requestHeaders)),
    RESPONSE_HEADERS(field(list(), "the same", "none", "[\"X-Frame-Options: DENY\", \"Server:\"]")
            .secret()
            .combined(
                    BackendPolicy.ResponseHeaders.class, Capability.HEADERS, SingleFieldPolicySyntax::responseHeaders)),
    UPGRADE(field(list(), "list of protocols besides `websocket` to which connections may change", "none", "[\"tcp\"]")
            .policy(BackendPolicy.Upgrades.class, Capability.UPGRADES, SingleFieldPolicySyntax::upgrades)),
    REQUEST_ID(field(FLAG, "`true`: requests get an `X-Request-Id`", "`false`", "true")
            .policy(BackendPolicy.RequestIds.class, Capability.REQUEST_IDS, SingleFieldPolicySyntax::requestIds)),
    TRACE_CONTEXT(field(
                    word("pass", "begin", "restart"),
                    "`pass`: a valid `traceparent` is passed on, another one is removed; `begin`: requests without a valid one"
                            + " get a new one; `restart`: all requests do, except those of trusted proxies",
                    "headers are passed on unseen",
                    "\"begin\"")
            .combined(BackendPolicy.TraceContext.class, Capability.TRACE_CONTEXT, CombinedPolicySyntax::traceContext)),
    TRACE_SAMPLED(field(
                    number("percent", 0, 100),
                    "how many of the traces that begin here are marked as sampled, percent, {range}",
                    "100",
                    "10")
            .shares(BackendPolicy.TraceContext.class)),
    COMPRESSION(field(FLAG, "`true`: text is compressed", "`false`", "true")
            .policy(
                    BackendPolicy.Compression.class,
                    Capability.COMPRESSION,
                    given -> SingleFieldPolicySyntax.flag(given, new BackendPolicy.Compression()))),
    ERROR_PAGES(field(TEXT, "the name of a folder in the operator's `error_pages_dir`", "the pages for all", "\"shop\"")
            .policy(BackendPolicy.ErrorPages.class, Capability.ERROR_PAGES, SingleFieldPolicySyntax::errorPages)),
    ACCESS_LOG(field(FLAG, "`false`: its requests are not logged", "`true`", "false")
            .policy(BackendPolicy.Unlogged.class, Capability.LOG_CONTROL, SingleFieldPolicySyntax::accessLog)),
    BALANCE(field(
                    word("roundrobin", "leastconn", "source", "uri", "random", "first"),
                    "`roundrobin`, `leastconn`, `source`, `uri`, `random`, `first`",
                    "`roundrobin`",
                    "\"leastconn\"")
            .once("balance_algorithm")
            .combined(BackendPolicy.Balance.class, Capability.BALANCE, CombinedPolicySyntax::balance)
            .tcp()),
    IP_HASH(field(FLAG, "`true`: the same as `balance` `source`", "`false`", "true")
            .shares(BackendPolicy.Balance.class)
            .tcp()),
    STICKY(field(either(FLAG, TEXT), "`true`, or the name of the cookie", "`false`", "\"SRV\"")
            .policy(BackendPolicy.Sticky.class, Capability.STICKY_SESSIONS, ServerPolicySyntax::sticky)),
    CONNECT_TIMEOUT(field(
                    number("milliseconds", 1, 86_400_000),
                    "milliseconds of one try, up to the operator's `connect_timeout`",
                    "the operator's",
                    "1000")
            .combined(BackendPolicy.Timeouts.class, Capability.TIMEOUTS, CombinedPolicySyntax::timeouts)
            .tcp()),
    SERVER_TIMEOUT(field(number("milliseconds", 1, 86_400_000), "milliseconds, up to a day", "the operator's", "60000")
            .shares(BackendPolicy.Timeouts.class)
            .tcp()),
    TUNNEL_TIMEOUT(field(number("milliseconds", 1, 86_400_000), "milliseconds, up to a day", "an hour", "86400000")
            .shares(BackendPolicy.Timeouts.class)
            .tcp()),
    RETRIES(field(number("", 0, 10), "how often a request is sent again that got no answer, {range}", "see below", "2")
            .combined(BackendPolicy.Retries.class, Capability.RETRIES, CombinedPolicySyntax::retries)),
    RETRY_ON(field(
                    list(word("connect", "empty", "timeout", "500", "502", "503", "504"), ValueForm.USUAL_ELEMENTS),
                    "list of `connect`, `empty`, `timeout`, `500`, `502`, `503`, `504`: what it is sent again for",
                    "`connect`, `empty`",
                    "[\"connect\", \"503\"]")
            .shares(BackendPolicy.Retries.class)),
    MAX_CONN(field(number("", 1, 1_000_000), "requests that a container gets at one time, {range}", "no limit", "200")
            .policy(
                    BackendPolicy.ConcurrencyLimit.class,
                    Capability.CONCURRENCY_LIMITS,
                    ServerPolicySyntax::concurrencyLimit)
            .tcp()),
    PROTO(field(
                    word("h1", "h2", "H1", "H2", "http/1.1"),
                    "`h2`: HTTP/2 without TLS, as gRPC requires; or `h1`",
                    "`h1`",
                    "\"h2\"")
            .policy(BackendPolicy.Http2ToServers.class, Capability.HTTP2_TO_SERVERS, ServerPolicySyntax::protocol)
            .required()),
    SSL_BACKEND(field(FLAG, "`true`: the container speaks TLS", "`false`", "true")
            .protects("backend_ssl", "backend_tls", "backend_https", "backend_protocol", "tls_backend", "https_backend")
            .combined(BackendPolicy.TlsToServers.class, Capability.TLS_TO_SERVERS, CombinedPolicySyntax::tlsToServers)),
    SSL_BACKEND_TLS_VERIFY(field(word("required", "none"), "`required` or `none`", "`required`", "\"none\"")),
    UPSTREAM_HOST(field(
                    TEXT,
                    "`NAME` or `NAME:PORT`: the `Host` that it gets in place of the client's, and the name in TLS",
                    "the client's",
                    "\"bucket.s3.example.com\"")
            .policy(BackendPolicy.UpstreamHost.class, Capability.UPSTREAM_HOST, SingleFieldPolicySyntax::upstreamHost)
            .required()),
    SEND_PROXY(field(either(FLAG, word("v1", "v2")), "`true` or `v1`, or `v2`: the PROXY protocol", "`false`", "\"v2\"")
            .policy(BackendPolicy.ProxyProtocol.class, Capability.PROXY_PROTOCOL, ServerPolicySyntax::proxyProtocol)
            .required()
            .tcp());

    private static final Map<String, ContainerField> BY_NAME = byName();

    private final String key = name().toLowerCase(Locale.ROOT);

    /** Never changed after the entry is complete. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final FieldDefinition definition;

    ContainerField(FieldDefinition definition) {
        this.definition = definition;
    }

    private static Map<String, ContainerField> byName() {
        Map<String, ContainerField> fields = new HashMap<>();
        Arrays.stream(values()).forEach(field -> field.names().forEach(name -> fields.put(name, field)));
        return Map.copyOf(fields);
    }

    /** Returns the field with this key, which may be the current name or the name of Interlock 1.x. */
    public static Optional<ContainerField> ofKey(String key) {
        return Optional.ofNullable(BY_NAME.get(key));
    }

    /** Returns the field's name in the data. */
    public String key() {
        return key;
    }

    /**
     * Returns the names that are read, the current name first. In a conflict the first one wins; in a list its elements
     * come first.
     */
    public List<String> names() {
        return definition.otherName.map(other -> List.of(key, other)).orElse(List.of(key));
    }

    /** Returns names that are not read, but that probably mean this field. */
    List<String> synonyms() {
        return definition.synonyms;
    }

    ValueForm form() {
        return definition.form;
    }

    public boolean isList() {
        return definition.form instanceof ValueForm.Elements;
    }

    /** Returns the bounds of a number. */
    public ValueForm.WholeNumber range() {
        return (ValueForm.WholeNumber) definition.form;
    }

    /** Returns the maximum number of elements of a list. */
    public int limit() {
        return ((ValueForm.Elements) definition.form).most();
    }

    /** Whether the value must not be shown. */
    public boolean isSecret() {
        return definition.secret;
    }

    /** Whether the field also applies to TCP connections. */
    public boolean isForTcp() {
        return definition.tcp;
    }

    public WrongValueEffect wrongValue() {
        return definition.wrong;
    }

    /**
     * Whether a container with a wrong value for this field, or with a name similar to the field's, must not be served
     * without it.
     */
    public boolean failsClosed() {
        return definition.wrong.failsClosed();
    }

    /** Returns the policy that this field defines; empty if it defines none. */
    Optional<PolicyBinding> policy() {
        return definition.policy;
    }

    /** Whether this field asks for policies of the class. */
    boolean asksFor(Class<? extends BackendPolicy> type) {
        return definition.shared.filter(type::equals).isPresent()
                || definition
                        .policy
                        .filter(policy -> policy.type().equals(type))
                        .isPresent();
    }

    /** Returns the description of the value, in Markdown. */
    String documented() {
        return switch (definition.form) {
            case ValueForm.WholeNumber range ->
                definition.documented.replace("{range}", range.least() + " to " + range.most());
            case ValueForm.Elements list -> definition.documented.replace("{most}", Integer.toString(list.most()));
            default -> definition.documented;
        };
    }

    /** Returns what applies without the field, in Markdown. */
    String usual() {
        return definition.usual;
    }

    /** Returns an example of the value, in JSON. */
    String example() {
        return definition.example;
    }

    /** Returns the example as the expected value in a message. */
    public String shownExample() {
        return "a value such as " + definition.example;
    }
}
