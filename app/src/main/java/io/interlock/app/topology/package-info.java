/**
 * Decides what is to be served: from facts about containers to a {@link io.interlock.api.topology.Topology}, with a
 * recorded reason for everything that was left out or chosen. No I/O, no clock, no order of events: any permutation of
 * the same facts gives the same result.
 *
 * <p>{@link io.interlock.app.topology.TopologyAssembler} is the entrance. Its first stage, {@code Interpreter}, looks at
 * one container alone: {@code DataReader} reads what it says, {@code NameReader} and {@code SettingsReader} judge that, the
 * latter with {@code MatchReader}, {@code TlsReader} and each {@code PolicyKind}; all of them go by the entries of {@code Field}, the table
 * of what containers can say. {@code TcpReader} judges who is served connections
 * instead of requests, {@code Terms} say what the operator allows; {@code ReachFinder} and {@code EndpointFinder} decide where it is
 * reached. The second stage, {@code Claims}, puts containers that claim the same names and {@code Scope} into {@code Group}s. Both
 * remember their results, so that a change costs what it touches. {@code VirtualHosts} puts the groups of a name together, and
 * {@code TcpListeners} those of a port.
 *
 * <p>Depends on {@code app.inventory}, the API's model and Jackson (for INTERLOCK_DATA).
 */
@NullMarked
package io.interlock.app.topology;

import org.jspecify.annotations.NullMarked;
