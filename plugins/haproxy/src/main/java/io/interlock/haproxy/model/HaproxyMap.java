package io.interlock.haproxy.model;

/** One of the maps in which HAProxy looks things up. */
public enum HaproxyMap {
    /** From virtual host and path prefix to backend. */
    PATHS,
    /** From the domain of a wildcard to backend. */
    WILDCARDS,
    /** From host name to backend. */
    HOSTS,
    /** From port, and name that a TLS client asks for, to backend. */
    TCP,
    /** From the name under which HAProxy has a backend to what its health check asks for. */
    CHECKS,
    /** From the token of a certificate authority's challenge to the answer. */
    CHALLENGES
}
