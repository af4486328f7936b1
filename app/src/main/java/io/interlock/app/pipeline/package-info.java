/**
 * The way from what engines run to what load balancers serve: {@link io.interlock.app.pipeline.Pipeline} shows its stages
 * in order, {@link io.interlock.app.pipeline.TopologyReconciler} is the thread that runs it whenever something changed.
 *
 * <p>Depends on the packages of the stages; only the entry point depends on it.
 */
@NullMarked
package io.interlock.app.pipeline;

import org.jspecify.annotations.NullMarked;
