/**
 * HAProxy as a load balancer of Interlock. {@link io.interlock.haproxy.HaproxyLoadBalancer} shows the one way through:
 * render the topology ({@code render}), plan from what runs and what is wanted ({@link io.interlock.haproxy.Plan}), act
 * ({@code process}).
 *
 * <p>Depends on the API, {@code render} and {@code process}.
 */
@NullMarked
package io.interlock.haproxy;

import org.jspecify.annotations.NullMarked;
