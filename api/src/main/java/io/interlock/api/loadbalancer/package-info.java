/**
 * Extension point for load balancers. A {@link io.interlock.api.loadbalancer.LoadBalancerFactory} in a plugin creates
 * one {@link io.interlock.api.loadbalancer.LoadBalancer}, which turns every
 * {@link io.interlock.api.topology.TopologySnapshot} into a running proxy and returns an
 * {@link io.interlock.api.loadbalancer.ApplyResult}.
 *
 * <p>Depends on {@link io.interlock.api.topology}, {@link io.interlock.api.stats} and {@link io.interlock.api.plugin}.
 */
@NullMarked
package io.interlock.api.loadbalancer;

import org.jspecify.annotations.NullMarked;
