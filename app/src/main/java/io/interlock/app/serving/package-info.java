/**
 * Has the load balancers of plugins serve: a slot for each plugin opens, replaces and ends them, each on a lane of its own.
 *
 * <p>Depends on {@code app.plugin}, {@code app.reconcile} and the API.
 */
@NullMarked
package io.interlock.app.serving;

import org.jspecify.annotations.NullMarked;
