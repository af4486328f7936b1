package io.interlock.haproxy.render.directive;

import io.interlock.api.topology.BackendPolicy;

/**
 * Kinds of policies in the order in which their lines stand in a backend, each with the container's field that asks for
 * it. HAProxy runs rules in this order: rules that let fewer requests pass come first.
 */
enum PolicyOrder {
    REQUEST_IDS("request_id"),
    TRACE_CONTEXT("trace_context"),
    UNLOGGED("access_log"),
    DENIED_CLIENTS("deny"),
    ALLOWED_CLIENTS("allow"),
    HTTPS_ONLY("ssl_only"),
    REDIRECTS("redirects"),
    CANONICAL_NAME("redirect_aliases"),
    RATE_LIMIT("rate_limit"),
    MAINTENANCE("maintenance"),
    /** Comes before {@link #BASIC_AUTHENTICATION}, because browsers send preflight requests without credentials. */
    CROSS_ORIGIN("cors_origins"),
    BASIC_AUTHENTICATION("basic_auth"),
    BODY_LIMIT("max_body"),
    /** Comes last of what lets fewer requests pass, because it costs most. */
    FORWARD_AUTHENTICATION("forward_auth"),
    BALANCE("balance"),
    CHECK_THRESHOLDS("check_rise, check_fall"),
    COMPRESSION("compression"),
    CONCURRENCY_LIMIT("max_conn"),
    ERROR_PAGES("error_pages"),
    HTTP2_TO_SERVERS("proto"),
    PROXY_PROTOCOL("send_proxy"),
    REQUEST_HEADERS("request_headers"),
    RESPONSE_HEADERS("response_headers"),
    RETRIES("retries, retry_on"),
    SLOW_START("slow_start"),
    STICKY("sticky"),
    STRICT_TRANSPORT_SECURITY("hsts"),
    TIMEOUTS("connect_timeout, server_timeout, tunnel_timeout"),
    TLS_TO_SERVERS("ssl_backend"),
    STRIPPED_PATH("strip_path"),
    UPGRADES("upgrade"),
    /** Comes last, because other rules ask for the client's host. */
    UPSTREAM_HOST("upstream_host");

    private final String field;

    PolicyOrder(String field) {
        this.field = field;
    }

    /** The container fields that ask for the policy. */
    String field() {
        return field;
    }

    static PolicyOrder of(BackendPolicy policy) {
        return switch (policy) {
            case BackendPolicy.RequestIds ids -> REQUEST_IDS;
            case BackendPolicy.TraceContext context -> TRACE_CONTEXT;
            case BackendPolicy.Unlogged unlogged -> UNLOGGED;
            case BackendPolicy.DeniedClients clients -> DENIED_CLIENTS;
            case BackendPolicy.AllowedClients clients -> ALLOWED_CLIENTS;
            case BackendPolicy.HttpsOnly https -> HTTPS_ONLY;
            case BackendPolicy.Redirects redirects -> REDIRECTS;
            case BackendPolicy.CanonicalName name -> CANONICAL_NAME;
            case BackendPolicy.RateLimit limit -> RATE_LIMIT;
            case BackendPolicy.Maintenance maintenance -> MAINTENANCE;
            case BackendPolicy.CrossOrigin origin -> CROSS_ORIGIN;
            case BackendPolicy.BasicAuthentication authentication -> BASIC_AUTHENTICATION;
            case BackendPolicy.BodyLimit limit -> BODY_LIMIT;
            case BackendPolicy.ForwardAuthentication authentication -> FORWARD_AUTHENTICATION;
            case BackendPolicy.Balance balance -> BALANCE;
            case BackendPolicy.CheckThresholds thresholds -> CHECK_THRESHOLDS;
            case BackendPolicy.Compression compression -> COMPRESSION;
            case BackendPolicy.Upgrades upgrades -> UPGRADES;
            case BackendPolicy.UpstreamHost host -> UPSTREAM_HOST;
            case BackendPolicy.ConcurrencyLimit limit -> CONCURRENCY_LIMIT;
            case BackendPolicy.ErrorPages pages -> ERROR_PAGES;
            case BackendPolicy.Http2ToServers http2 -> HTTP2_TO_SERVERS;
            case BackendPolicy.ProxyProtocol protocol -> PROXY_PROTOCOL;
            case BackendPolicy.RequestHeaders headers -> REQUEST_HEADERS;
            case BackendPolicy.ResponseHeaders headers -> RESPONSE_HEADERS;
            case BackendPolicy.Retries retries -> RETRIES;
            case BackendPolicy.SlowStart start -> SLOW_START;
            case BackendPolicy.Sticky sticky -> STICKY;
            case BackendPolicy.StrictTransportSecurity hsts -> STRICT_TRANSPORT_SECURITY;
            case BackendPolicy.Timeouts timeouts -> TIMEOUTS;
            case BackendPolicy.TlsToServers tls -> TLS_TO_SERVERS;
            case BackendPolicy.StrippedPath path -> STRIPPED_PATH;
        };
    }
}
