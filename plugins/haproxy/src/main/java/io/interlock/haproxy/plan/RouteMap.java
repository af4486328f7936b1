package io.interlock.haproxy.plan;

/** One of the maps by which HAProxy routes. */
public enum RouteMap {
    /** From virtual host and path prefix to backend. */
    PATHS,
    /** From the domain of a wildcard to backend. */
    WILDCARDS,
    /** From host name to backend. */
    HOSTS
}
