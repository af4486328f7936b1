/**
 * Removes from a topology what a load balancer does not declare as a capability, with a finding for each removal;
 * pure.
 *
 * <p>Depends on the API alone.
 */
@NullMarked
package io.interlock.app.capability;

import org.jspecify.annotations.NullMarked;
