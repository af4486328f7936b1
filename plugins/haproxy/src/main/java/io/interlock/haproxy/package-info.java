/**
 * HAProxy as a load balancer of Interlock: the entry point of the plugin ({@link io.interlock.haproxy.HaproxyFactory})
 * and its configuration.
 *
 * <p>Depends on {@code haproxy.apply} and {@code haproxy.supervise}.
 */
@NullMarked
package io.interlock.haproxy;

import org.jspecify.annotations.NullMarked;
