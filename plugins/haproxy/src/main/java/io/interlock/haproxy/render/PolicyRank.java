package io.interlock.haproxy.render;

import io.interlock.api.topology.Policy;

/**
 * Kinds of policies in the order in which their lines stand in a backend, each with the container's field that asks for it.
 * HAProxy runs rules in this order: those that let fewer requests pass come first.
 */
enum PolicyRank {
    REQUEST_IDS("request_id"),
    UNLOGGED("access_log"),
    DENIED_CLIENTS("deny"),
    ALLOWED_CLIENTS("allow"),
    HTTPS_ONLY("ssl_only"),
    REDIRECTS("redirects"),
    CANONICAL_NAME("redirect_aliases"),
    RATE_LIMIT("rate_limit"),
    MAINTENANCE("maintenance"),
    /** Before {@link #BASIC_AUTHENTICATION}: browsers ask without credentials. */
    CROSS_ORIGIN("cors_origins"),
    BASIC_AUTHENTICATION("basic_auth"),
    BODY_LIMIT("max_body"),
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
    STRIPPED_PATH("strip_path");

    private final String field;

    PolicyRank(String field) {
        this.field = field;
    }

    /** The fields of container data that ask for it. */
    String field() {
        return field;
    }

    static PolicyRank of(Policy policy) {
        return switch (policy) {
            case Policy.RequestIds ids -> REQUEST_IDS;
            case Policy.Unlogged unlogged -> UNLOGGED;
            case Policy.DeniedClients clients -> DENIED_CLIENTS;
            case Policy.AllowedClients clients -> ALLOWED_CLIENTS;
            case Policy.HttpsOnly https -> HTTPS_ONLY;
            case Policy.Redirects redirects -> REDIRECTS;
            case Policy.CanonicalName name -> CANONICAL_NAME;
            case Policy.RateLimit limit -> RATE_LIMIT;
            case Policy.Maintenance maintenance -> MAINTENANCE;
            case Policy.CrossOrigin origin -> CROSS_ORIGIN;
            case Policy.BasicAuthentication authentication -> BASIC_AUTHENTICATION;
            case Policy.BodyLimit limit -> BODY_LIMIT;
            case Policy.Balance balance -> BALANCE;
            case Policy.CheckThresholds thresholds -> CHECK_THRESHOLDS;
            case Policy.Compression compression -> COMPRESSION;
            case Policy.ConcurrencyLimit limit -> CONCURRENCY_LIMIT;
            case Policy.ErrorPages pages -> ERROR_PAGES;
            case Policy.Http2ToServers http2 -> HTTP2_TO_SERVERS;
            case Policy.ProxyProtocol protocol -> PROXY_PROTOCOL;
            case Policy.RequestHeaders headers -> REQUEST_HEADERS;
            case Policy.ResponseHeaders headers -> RESPONSE_HEADERS;
            case Policy.Retries retries -> RETRIES;
            case Policy.SlowStart start -> SLOW_START;
            case Policy.Sticky sticky -> STICKY;
            case Policy.StrictTransportSecurity hsts -> STRICT_TRANSPORT_SECURITY;
            case Policy.Timeouts timeouts -> TIMEOUTS;
            case Policy.TlsToServers tls -> TLS_TO_SERVERS;
            case Policy.StrippedPath path -> STRIPPED_PATH;
        };
    }
}
