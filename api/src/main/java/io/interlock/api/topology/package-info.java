/**
 * Model of what must be served, in the terms of load balancers: a {@link io.interlock.api.topology.VirtualHost} has
 * names and routes, a {@link io.interlock.api.topology.Route} leads to a {@link io.interlock.api.topology.Backend}, and
 * a backend has {@link io.interlock.api.topology.Server}s, one for each container.
 *
 * <p>All values are immutable and in canonical order: two topologies with the same meaning are equal, whatever the
 * order in which their parts became known. A constructor of this package checks every value from a container against a
 * grammar, so that none can contain a line break, a quote or a blank that changes the meaning of a proxy's
 * configuration.
 *
 * <p>Depends on nothing but the JDK.
 */
@NullMarked
package io.interlock.api.topology;

import org.jspecify.annotations.NullMarked;
