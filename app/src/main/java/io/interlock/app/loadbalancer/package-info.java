/**
 * Runs the load balancers of plugins. A {@link io.interlock.app.loadbalancer.LoadBalancerSlot} for each plugin opens,
 * replaces and ends them; an apply loop is the thread of each.
 *
 * <p>Depends on {@code app.plugin} and the API.
 */
@NullMarked
package io.interlock.app.loadbalancer;

import org.jspecify.annotations.NullMarked;
