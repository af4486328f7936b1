/**
 * What is to be served, in a load balancer's terms: a {@link io.interlock.api.topology.VirtualHost} has names and
 * routes, a {@link io.interlock.api.topology.Route} leads to a {@link io.interlock.api.topology.Backend}, and a backend
 * has {@link io.interlock.api.topology.Server}s, one for each container.
 *
 * <p>Everything here is an immutable value in canonical order: two topologies that mean the same are equal, whatever
 * the order in which their parts became known. Every value that stems from a container has passed a grammar in a
 * constructor here, so that none can hold a line break, a quote or a blank where a proxy's configuration would read it
 * as something else.
 *
 * <p>Depends on nothing but the JDK.
 */
@NullMarked
package io.interlock.api.topology;

import org.jspecify.annotations.NullMarked;
