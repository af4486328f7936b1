package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.Capability;
import java.util.Set;

/** The capabilities of HAProxy as this plugin drives it. */
public final class HaproxyCapabilities {

    /** The capabilities known to this version; a later API may have more. */
    public static final Set<Capability> ALL = Set.of(
            Capability.WILDCARD_HOSTS,
            Capability.HOST_EXPRESSIONS,
            Capability.CATCH_ALL,
            Capability.PATH_ROUTES,
            Capability.ROUTE_CONDITIONS,
            Capability.CHECK_THRESHOLDS,
            Capability.CHECK_EXPECTATIONS,
            Capability.SLOW_START,
            Capability.BACKUP_SERVERS,
            Capability.HTTP_CHECKS,
            Capability.PROTOCOL_CHECKS,
            Capability.BACKEND_OPTIONS,
            Capability.TLS,
            Capability.HTTPS_ONLY,
            Capability.STRICT_TRANSPORT_SECURITY,
            Capability.CLIENT_ADDRESSES,
            Capability.RATE_LIMITS,
            Capability.BODY_LIMITS,
            Capability.BASIC_AUTHENTICATION,
            Capability.MAINTENANCE,
            Capability.CANONICAL_NAMES,
            Capability.REDIRECTS,
            Capability.STRIPPED_PATHS,
            Capability.CROSS_ORIGIN,
            Capability.HEADERS,
            Capability.REQUEST_IDS,
            Capability.ERROR_PAGES,
            Capability.LOG_CONTROL,
            Capability.COMPRESSION,
            Capability.BALANCE,
            Capability.WEIGHTS,
            Capability.STICKY_SESSIONS,
            Capability.TIMEOUTS,
            Capability.RETRIES,
            Capability.CONCURRENCY_LIMITS,
            Capability.HTTP2_TO_SERVERS,
            Capability.TLS_TO_SERVERS,
            Capability.TCP_LISTENERS,
            Capability.PROXY_PROTOCOL);

    private HaproxyCapabilities() {}
}
