/**
 * Brings what is to be served to whatever serves it: coalesces changes, assembles a topology, and hands the latest to one
 * lane for each load balancer, which retries until it took.
 *
 * <p>Depends on {@code app.topology}, {@code app.inventory}, {@code app.retry} and the API.
 */
@NullMarked
package io.interlock.app.reconcile;

import org.jspecify.annotations.NullMarked;
