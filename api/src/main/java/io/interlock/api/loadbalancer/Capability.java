package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import io.interlock.api.topology.BackendPolicy;

/**
 * Feature that not every load balancer has. A load balancer never sees a feature that it does not declare with
 * {@link LoadBalancer#capabilities}: the host removes the feature from the topology before {@link LoadBalancer#apply},
 * and reports it as an {@link Omission} for the containers that asked for it. Therefore a plugin that was built before
 * a capability was added cannot ignore it by mistake.
 *
 * <p>Every load balancer has these features and does not declare them: virtual hosts by exact names, servers in turn,
 * draining, and no requests to servers that cannot be reached.
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
     * {@link io.interlock.api.topology.Route#conditions} and {@link io.interlock.api.topology.Route#priority}. Without
     * it a route with either is not served.
     */
    ROUTE_CONDITIONS,
    /** {@link io.interlock.api.topology.HealthCheck.Http}. Without it such a backend is served with a TCP check. */
    HTTP_CHECKS,
    /** {@link io.interlock.api.topology.HealthCheck.Protocol}. Without it such a backend is served with a TCP check. */
    PROTOCOL_CHECKS,
    /**
     * {@link io.interlock.api.topology.Backend#options}, at least some of them. The load balancer itself reports the
     * options that it does not know. Without it a backend is served without options.
     */
    BACKEND_OPTIONS,

    /**
     * {@link io.interlock.api.topology.TlsMaterial} and {@link TlsSettings}: an HTTPS listener that chooses
     * certificates by name and answers certificate authorities. Without it only plain HTTP is served, and certificates
     * are not passed on.
     */
    TLS,

    /** {@link BackendPolicy.HttpsOnly}. Without it such a backend is not served. */
    HTTPS_ONLY,
    /** {@link BackendPolicy.StrictTransportSecurity}. Without it such a backend is served without this policy. */
    STRICT_TRANSPORT_SECURITY,
    /**
     * {@link BackendPolicy.AllowedClients} and {@link BackendPolicy.DeniedClients}. Without it such a backend is not
     * served.
     */
    CLIENT_ADDRESSES,
    /** {@link BackendPolicy.RateLimit}. Without it such a backend is not served. */
    RATE_LIMITS,
    /** {@link BackendPolicy.BodyLimit}. Without it such a backend is not served. */
    BODY_LIMITS,
    /** {@link BackendPolicy.BasicAuthentication}. Without it such a backend is not served. */
    BASIC_AUTHENTICATION,
    /** {@link BackendPolicy.ForwardAuthentication}. Without it such a backend is not served. */
    FORWARD_AUTHENTICATION,
    /** {@link BackendPolicy.Maintenance}. Without it such a backend is not served. */
    MAINTENANCE,
    /** {@link BackendPolicy.CanonicalName}. Without it such a backend is served without this policy. */
    CANONICAL_NAMES,
    /** {@link BackendPolicy.Redirects}. Without it such a backend is served without redirects. */
    REDIRECTS,
    /** {@link BackendPolicy.StrippedPath}. Without it such a backend is not served. */
    STRIPPED_PATHS,
    /**
     * {@link BackendPolicy.CrossOrigin}. Without it such a backend is served without this policy; browsers then refuse
     * other origins.
     */
    CROSS_ORIGIN,
    /**
     * {@link BackendPolicy.RequestHeaders} and {@link BackendPolicy.ResponseHeaders}. Without it such a backend is
     * served without these policies.
     */
    HEADERS,
    /** {@link BackendPolicy.Upgrades}. Without it connections to such a backend change to WebSocket only. */
    UPGRADES,
    /** {@link BackendPolicy.RequestIds}. Without it such a backend is served without request ids. */
    REQUEST_IDS,
    /** {@link BackendPolicy.UpstreamHost}. Without it such a backend is not served. */
    UPSTREAM_HOST,
    /** {@link BackendPolicy.TraceContext}. Without it such a backend gets the headers of clients as they are. */
    TRACE_CONTEXT,
    /**
     * {@link BackendPolicy.ErrorPages}. Without it such a backend is served with the load balancer's own error pages.
     */
    ERROR_PAGES,
    /** {@link BackendPolicy.Unlogged}. Without it the requests of such a backend are logged. */
    LOG_CONTROL,
    /** {@link BackendPolicy.Compression}. Without it such a backend is served without compression. */
    COMPRESSION,
    /** {@link BackendPolicy.Balance}. Without it such a backend is served in turn. */
    BALANCE,
    /** {@link io.interlock.api.topology.Server#weight}. Without it all servers of a backend have the same weight. */
    WEIGHTS,
    /** {@link BackendPolicy.Sticky}. Without it such a backend is served without sticky sessions. */
    STICKY_SESSIONS,
    /** {@link BackendPolicy.Timeouts}. Without it such a backend is served with the operator's timeouts. */
    TIMEOUTS,
    /** {@link BackendPolicy.Retries}. Without it such a backend is served with the retries of the load balancer. */
    RETRIES,
    /** {@link BackendPolicy.ConcurrencyLimit}. Without it such a server is served without a limit. */
    CONCURRENCY_LIMITS,
    /**
     * {@link BackendPolicy.CheckThresholds}. Without it such a server is served with the thresholds of the load
     * balancer.
     */
    CHECK_THRESHOLDS,
    /**
     * {@link io.interlock.api.topology.HealthCheck.Http#headers} and
     * {@link io.interlock.api.topology.HealthCheck.Http#expected}. Without it such a backend is served with the usual
     * HTTP check.
     */
    CHECK_EXPECTATIONS,
    /** {@link BackendPolicy.SlowStart}. Without it such a server is served without slow start. */
    SLOW_START,
    /** {@link io.interlock.api.topology.Server#backup}. Without it such a server is served like the others. */
    BACKUP_SERVERS,
    /** {@link BackendPolicy.Http2ToServers}. Without it such a server is not served. */
    HTTP2_TO_SERVERS,
    /** {@link BackendPolicy.TlsToServers}. Without it such a server is not served. */
    TLS_TO_SERVERS,
    /** {@link io.interlock.api.topology.Topology#tcpListeners}. Without it these listeners are not served. */
    TCP_LISTENERS,
    /** {@link BackendPolicy.ProxyProtocol}. Without it such a server is not served. */
    PROXY_PROTOCOL
}
