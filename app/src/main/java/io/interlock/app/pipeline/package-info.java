/**
 * Stages from the engines' containers to the load balancers. {@link io.interlock.app.pipeline.Pipeline} contains the
 * stages in their order, {@link io.interlock.app.pipeline.TopologyReconciler} is the thread that runs them whenever
 * something changed.
 *
 * <p>Depends on the packages of the stages; only the entry point depends on it.
 */
@NullMarked
package io.interlock.app.pipeline;

import org.jspecify.annotations.NullMarked;
