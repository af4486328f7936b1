/**
 * Ownership of host names: what the operator's rules allow a container, and who of several owners of a name has the
 * word; pure.
 *
 * <p>{@link io.interlock.app.topology.ownership.GrantValidator} compares one container with the rules, while it is
 * interpreted. {@link io.interlock.app.topology.ownership.NameClaimRegistry} decides, before containers are grouped,
 * which claims stand: {@code OwnerLimitFilter} applies limits, {@code NameTenure} knows whose a name is,
 * {@code SharedNamePlanner} decides what others get there, and {@code ReservedNameSelector} which names nobody may
 * answer.
 *
 * <p>Depends on {@code app.config} for the rules, and on the other packages of the topology, except
 * {@code app.topology} itself.
 */
@NullMarked
package io.interlock.app.topology.ownership;

import org.jspecify.annotations.NullMarked;
