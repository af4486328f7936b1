package io.interlock.haproxy.model;

/**
 * Port at which HAProxy forwards connections.
 *
 * @param port 1 to 65535
 * @param names whether the names that TLS clients ask for are evaluated
 * @param wildcards whether there are wildcard names
 */
public record TcpListenerSpec(int port, boolean names, boolean wildcards) {}
