package io.interlock.haproxy.model;

/** Map files in which HAProxy looks up routes, checks and challenges. */
public enum HaproxyMap {
    /** Maps a virtual host and a path prefix to a backend. */
    PATHS,
    /** Maps the domain of a wildcard to a backend. */
    WILDCARDS,
    /** Maps a host name to a backend. */
    HOSTS,
    /** Maps a port, and the name that a TLS client asks for, to a backend. */
    TCP,
    /** Maps HAProxy's name of a backend to the request of its health check. */
    CHECKS,
    /** Maps a spare backend that is in use to the name of the backend that it stands for. */
    NAMES,
    /** Maps the token of a certificate authority's challenge to the answer. */
    CHALLENGES
}
