package io.interlock.app.fit;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.api.topology.Backend;
import io.interlock.api.topology.Policy;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a kind of policy.
 *
 * @param type its class
 * @param capability what a load balancer has to be able to
 * @param without what becomes of a backend if it is not
 * @param field as containers call it
 */
record PolicyKind(Class<? extends Policy> type, Capability capability, Without without, String field) {

    /** What becomes of a backend whose load balancer cannot do it. */
    enum Without {
        /** It is served all the same. */
        SERVED,
        /** Serving without would not be safe, or would not work. */
        NOT_SERVED
    }

    static final List<PolicyKind> ALL = List.of(
            new PolicyKind(Policy.HttpsOnly.class, Capability.HTTPS_ONLY, Without.NOT_SERVED, "ssl_only"),
            new PolicyKind(
                    Policy.StrictTransportSecurity.class, Capability.STRICT_TRANSPORT_SECURITY, Without.SERVED, "hsts"),
            new PolicyKind(Policy.AllowedClients.class, Capability.CLIENT_ADDRESSES, Without.NOT_SERVED, "allow"),
            new PolicyKind(Policy.DeniedClients.class, Capability.CLIENT_ADDRESSES, Without.NOT_SERVED, "deny"),
            new PolicyKind(Policy.RateLimit.class, Capability.RATE_LIMITS, Without.NOT_SERVED, "rate_limit"),
            new PolicyKind(Policy.BodyLimit.class, Capability.BODY_LIMITS, Without.NOT_SERVED, "max_body"),
            new PolicyKind(
                    Policy.BasicAuthentication.class,
                    Capability.BASIC_AUTHENTICATION,
                    Without.NOT_SERVED,
                    "basic_auth"),
            new PolicyKind(Policy.Maintenance.class, Capability.MAINTENANCE, Without.NOT_SERVED, "maintenance"),
            new PolicyKind(Policy.CanonicalName.class, Capability.CANONICAL_NAMES, Without.SERVED, "redirect_aliases"),
            new PolicyKind(Policy.Redirects.class, Capability.REDIRECTS, Without.SERVED, "redirects"),
            new PolicyKind(Policy.StrippedPath.class, Capability.STRIPPED_PATHS, Without.NOT_SERVED, "strip_path"),
            new PolicyKind(Policy.CrossOrigin.class, Capability.CROSS_ORIGIN, Without.SERVED, "cors_origins"),
            new PolicyKind(Policy.RequestHeaders.class, Capability.HEADERS, Without.SERVED, "request_headers"),
            new PolicyKind(Policy.ResponseHeaders.class, Capability.HEADERS, Without.SERVED, "response_headers"),
            new PolicyKind(Policy.RequestIds.class, Capability.REQUEST_IDS, Without.SERVED, "request_id"),
            new PolicyKind(Policy.ErrorPages.class, Capability.ERROR_PAGES, Without.SERVED, "error_pages"),
            new PolicyKind(Policy.Unlogged.class, Capability.LOG_CONTROL, Without.SERVED, "access_log"),
            new PolicyKind(Policy.Compression.class, Capability.COMPRESSION, Without.SERVED, "compression"),
            new PolicyKind(Policy.Balance.class, Capability.BALANCE, Without.SERVED, "balance"),
            new PolicyKind(Policy.Sticky.class, Capability.STICKY_SESSIONS, Without.SERVED, "sticky"),
            new PolicyKind(
                    Policy.Timeouts.class,
                    Capability.TIMEOUTS,
                    Without.SERVED,
                    "connect_timeout, server_timeout, tunnel_timeout"),
            new PolicyKind(Policy.Retries.class, Capability.RETRIES, Without.SERVED, "retries, retry_on"),
            new PolicyKind(Policy.ConcurrencyLimit.class, Capability.CONCURRENCY_LIMITS, Without.SERVED, "max_conn"),
            new PolicyKind(
                    Policy.CheckThresholds.class,
                    Capability.CHECK_THRESHOLDS,
                    Without.SERVED,
                    "check_rise, check_fall"),
            new PolicyKind(Policy.SlowStart.class, Capability.SLOW_START, Without.SERVED, "slow_start"),
            new PolicyKind(Policy.Http2ToServers.class, Capability.HTTP2_TO_SERVERS, Without.NOT_SERVED, "proto"),
            new PolicyKind(Policy.TlsToServers.class, Capability.TLS_TO_SERVERS, Without.NOT_SERVED, "ssl_backend"),
            new PolicyKind(Policy.ProxyProtocol.class, Capability.PROXY_PROTOCOL, Without.NOT_SERVED, "send_proxy"));

    Rule rule() {
        return new Rule(
                capability,
                backend -> backend.policies().stream()
                        .filter(type::isInstance)
                        .findFirst()
                        .map(policy -> new Rule.Asked(field, policy.toString(), "served without")),
                without == Without.SERVED ? Optional.of(this::removed) : Optional.empty());
    }

    private Backend removed(Backend backend) {
        return new Backend(
                backend.name(),
                backend.servers(),
                backend.healthCheck(),
                backend.options(),
                backend.policies().stream()
                        .filter(policy -> !type.isInstance(policy))
                        .toList());
    }
}
