/**
 * Has the load balancers of plugins serve: a slot for each plugin opens, replaces and ends them, and each has an apply loop,
 * which is its one thread.
 *
 * <p>Depends on {@code app.plugin} and the API.
 */
@NullMarked
package io.interlock.app.loadbalancer;

import org.jspecify.annotations.NullMarked;
