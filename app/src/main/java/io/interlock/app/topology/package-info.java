/**
 * Decides what is to be served: from facts about containers to a {@link io.interlock.api.topology.Topology}, with a
 * recorded reason for everything that was left out or chosen. Pure functions: no I/O, no clock, no order of events; any
 * permutation of the same facts gives the same result.
 *
 * <p>Depends on {@code app.inventory}, the API's model and Jackson (for INTERLOCK_DATA).
 */
@NullMarked
package io.interlock.app.topology;

import org.jspecify.annotations.NullMarked;
