package io.interlock.haproxy.model;

/**
 * A port at which connections are passed on.
 *
 * @param port 1 to 65535
 * @param names whether TLS clients' names are looked at
 * @param wildcards whether there are names for all names below
 */
public record TcpListenerSpec(int port, boolean names, boolean wildcards) {}
