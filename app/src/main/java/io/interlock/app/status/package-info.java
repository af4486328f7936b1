/**
 * The status of Interlock for people and machines: the latest inventory, findings and topology, the result of each
 * apply, plugins, events. {@link io.interlock.app.status.StatusService} collects it; the rest is made when somebody
 * asks. Collecting never waits, and nothing here is on the way from an event to a proxy.
 *
 * <p>Depends on {@code app.inventory}, {@code app.topology}, {@code app.plugin} (for its reports), {@code
 * app.loadbalancer} (as an observer) and the API.
 */
@NullMarked
package io.interlock.app.status;

import org.jspecify.annotations.NullMarked;
