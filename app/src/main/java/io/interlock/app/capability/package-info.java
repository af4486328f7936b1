/**
 * Removes from a topology what a load balancer does not declare as a capability, with an omission for each removal;
 * pure.
 *
 * <p>Depends on the API only.
 */
@NullMarked
package io.interlock.app.capability;

import org.jspecify.annotations.NullMarked;
