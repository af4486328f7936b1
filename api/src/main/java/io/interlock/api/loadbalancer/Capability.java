package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import io.interlock.api.topology.BackendPolicy;

/**
 * What not every load balancer can do. What one does not declare with {@link LoadBalancer#capabilities} it never sees: the
 * host takes it out of the topology before {@link LoadBalancer#apply}, and reports it as an {@link Omission} for the
 * containers that asked for it. So a plugin that was built before a capability came to be cannot ignore it by mistake.
 *
 * <p>What every load balancer does, and needs not declare: virtual hosts by exact names, servers in turn, draining, and
 * sending no requests to servers that cannot be reached.
 */
@Experimental
public enum Capability {
    /** Host names such as {@code *.example.com}. Without it such a name is not served. */
    WILDCARD_HOSTS,
    /** Host names such as {@code ~^pr-[0-9]+\\.example\\.com$}. Without it such a name is not served. */
    HOST_EXPRESSIONS,
    /** {@link io.interlock.api.topology.HostName#ANY}. Without it that name is not served. */
    CATCH_ALL,
    /** Routes by path. Without it a route for anything but {@code /} is not served. */
    PATH_ROUTES,
    /**
     * {@link io.interlock.api.topology.Route#conditions} and {@link io.interlock.api.topology.Route#priority}. Without it a route with
     * either is not served.
     */
    ROUTE_CONDITIONS,
    /** {@link io.interlock.api.topology.HealthCheck.Http}. Without it such a backend is served with a TCP check. */
    HTTP_CHECKS,
    /** {@link io.interlock.api.topology.HealthCheck.Protocol}. Without it such a backend is served with a TCP check. */
    PROTOCOL_CHECKS,
    /**
     * {@link io.interlock.api.topology.Backend#options}, at least some; those that it does not know it reports itself.
     * Without it a backend is served without.
     */
    BACKEND_OPTIONS,

    /**
     * {@link io.interlock.api.topology.TlsMaterial} and {@link TlsSettings}: an HTTPS listener that chooses certificates by name, and
     * answers to certificate authorities. Without it there is plain HTTP only, and certificates are not passed on.
     */
    TLS,

    /** {@link BackendPolicy.HttpsOnly}. Without it such a backend is not served. */
    HTTPS_ONLY,
    /** {@link BackendPolicy.StrictTransportSecurity}. Without it such a backend is served without. */
    STRICT_TRANSPORT_SECURITY,
    /** {@link BackendPolicy.AllowedClients} and {@link BackendPolicy.DeniedClients}. Without it such a backend is not served. */
    CLIENT_ADDRESSES,
    /** {@link BackendPolicy.RateLimit}. Without it such a backend is not served. */
    RATE_LIMITS,
    /** {@link BackendPolicy.BodyLimit}. Without it such a backend is not served. */
    BODY_LIMITS,
    /** {@link BackendPolicy.BasicAuthentication}. Without it such a backend is not served. */
    BASIC_AUTHENTICATION,
    /** {@link BackendPolicy.Maintenance}. Without it such a backend is not served. */
    MAINTENANCE,
    /** {@link BackendPolicy.CanonicalName}. Without it such a backend is served without. */
    CANONICAL_NAMES,
    /** {@link BackendPolicy.Redirects}. Without it such a backend is served without. */
    REDIRECTS,
    /** {@link BackendPolicy.StrippedPath}. Without it such a backend is not served. */
    STRIPPED_PATHS,
    /** {@link BackendPolicy.CrossOrigin}. Without it such a backend is served without: browsers then refuse other origins. */
    CROSS_ORIGIN,
    /** {@link BackendPolicy.RequestHeaders} and {@link BackendPolicy.ResponseHeaders}. Without it such a backend is served without. */
    HEADERS,
    /** {@link BackendPolicy.RequestIds}. Without it such a backend is served without. */
    REQUEST_IDS,
    /** {@link BackendPolicy.ErrorPages}. Without it such a backend is served with the load balancer's own. */
    ERROR_PAGES,
    /** {@link BackendPolicy.Unlogged}. Without it such a backend's requests are logged. */
    LOG_CONTROL,
    /** {@link BackendPolicy.Compression}. Without it such a backend is served without. */
    COMPRESSION,
    /** {@link BackendPolicy.Balance}. Without it such a backend is served in turn. */
    BALANCE,
    /** {@link io.interlock.api.topology.Server#weight}. Without it all servers of a backend have the same. */
    WEIGHTS,
    /** {@link BackendPolicy.Sticky}. Without it such a backend is served without. */
    STICKY_SESSIONS,
    /** {@link BackendPolicy.Timeouts}. Without it such a backend is served with the operator's. */
    TIMEOUTS,
    /** {@link BackendPolicy.Retries}. Without it such a backend is served with those of the load balancer. */
    RETRIES,
    /** {@link BackendPolicy.ConcurrencyLimit}. Without it such a backend is served without. */
    CONCURRENCY_LIMITS,
    /** {@link BackendPolicy.CheckThresholds}. Without it such a backend is served with those of the load balancer. */
    CHECK_THRESHOLDS,
    /**
     * {@link io.interlock.api.topology.HealthCheck.Http#headers} and {@link io.interlock.api.topology.HealthCheck.Http#expected}. Without
     * it such a backend is served with the usual HTTP check.
     */
    CHECK_EXPECTATIONS,
    /** {@link BackendPolicy.SlowStart}. Without it such a backend is served without. */
    SLOW_START,
    /** {@link io.interlock.api.topology.Server#backup}. Without it such a server is one like the others. */
    BACKUP_SERVERS,
    /** {@link BackendPolicy.Http2ToServers}. Without it such a backend is not served. */
    HTTP2_TO_SERVERS,
    /** {@link BackendPolicy.TlsToServers}. Without it such a backend is not served. */
    TLS_TO_SERVERS,
    /** {@link io.interlock.api.topology.Topology#tcpListeners}. Without it they are not served. */
    TCP_LISTENERS,
    /** {@link BackendPolicy.ProxyProtocol}. Without it such a backend is not served. */
    PROXY_PROTOCOL
}
