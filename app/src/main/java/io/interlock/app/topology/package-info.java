/**
 * Decides what Interlock serves: from facts about containers to a {@link io.interlock.api.topology.Topology}, with a
 * reason for everything that is left out or chosen. No I/O, no clock, no order of events: any order of the same facts
 * gives the same result.
 *
 * <p>{@link io.interlock.app.topology.InterpretationCache} holds what each container means by itself, as
 * {@code ContainerInterpreter} decides it: {@code topology.options} reads the container's fields by the table in
 * {@code topology.field}, and {@code topology.network} finds its address.
 * {@link io.interlock.app.topology.TopologyBudget} limits what containers ask for together.
 * {@link io.interlock.app.topology.TopologyAssembler} decides with {@code topology.grouping} which containers share a
 * name. All keep their results, so that a change costs what it touches. The readiness gate runs between the two; this
 * package does not know it.
 *
 * <p>Depends on {@code app.inventory}, {@code app.config} for the operator's policy, the API's model and Jackson (for
 * INTERLOCK_DATA).
 */
@NullMarked
package io.interlock.app.topology;

import org.jspecify.annotations.NullMarked;
