package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;

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
    /** Routes by path. Without it a route for anything but {@code /} is not served. */
    PATH_ROUTES,
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
     * {@link io.interlock.api.topology.Tls} and {@link TlsSettings}: an HTTPS listener that chooses certificates by name, and
     * answers to certificate authorities. Without it there is plain HTTP only, and certificates are not passed on.
     */
    TLS
}
