package io.interlock.haproxy.apply;

import io.interlock.api.loadbalancer.Capability;
import io.interlock.haproxy.model.HaproxyVersion;
import io.interlock.haproxy.render.directive.ForwardAuthDirectives;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The capabilities of HAProxy as this plugin drives it. */
public final class HaproxyCapabilities {

    /** The capabilities of every HAProxy; a later API may have more. */
    private static final Set<Capability> ALWAYS = Set.of(
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
            Capability.TRACE_CONTEXT,
            Capability.ERROR_PAGES,
            Capability.LOG_CONTROL,
            Capability.COMPRESSION,
            Capability.UPGRADES,
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

    /**
     * The capabilities of an HAProxy that is not known yet, and may be replaced by another one. Its configuration refuses
     * what an old version cannot do, and HAProxy refuses what it was built without.
     */
    public static Set<Capability> ofAny() {
        return of(ForwardAuthDirectives.SINCE, true);
    }

    /**
     * The capabilities of one HAProxy.
     *
     * @param scripts whether it was built with Lua
     */
    public static Set<Capability> of(HaproxyVersion version, boolean scripts) {
        return scripts && version.isAtLeast(ForwardAuthDirectives.SINCE)
                ? Stream.concat(ALWAYS.stream(), Stream.of(Capability.FORWARD_AUTHENTICATION))
                        .collect(Collectors.toUnmodifiableSet())
                : ALWAYS;
    }
}
