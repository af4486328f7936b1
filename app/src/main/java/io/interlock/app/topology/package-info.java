/**
 * Decides what is to be served: from facts about containers to a {@link io.interlock.api.topology.Topology}, with a
 * reason for everything that is left out or chosen. No I/O, no clock, no order of events: any order of the same facts
 * gives the same result.
 *
 * <p>{@link io.interlock.app.topology.InterpretationCache} holds what each container means by itself, which {@code
 * ContainerInterpreter} decides: {@code topology.options} reads its fields by the table in {@code topology.field},
 * {@code topology.network} finds its address. {@link io.interlock.app.topology.TopologyAssembler} decides which
 * containers share a name, with {@code topology.grouping}. Both keep their results, so that a change costs what it
 * touches. Between them stands the readiness gate, of which this package knows nothing.
 *
 * <p>Depends on {@code app.inventory}, {@code app.config} for the operator's policy, the API's model and Jackson (for
 * INTERLOCK_DATA).
 */
@NullMarked
package io.interlock.app.topology;

import org.jspecify.annotations.NullMarked;
