/**
 * What Interlock knows and does, for people and machines to read: the latest inventory, findings and topology, what came of
 * each apply, plugins, events. {@link io.interlock.app.status.StatusBoard} collects it; everything that is made of it is
 * pure: {@link io.interlock.app.status.Explainer} answers why something is served or not.
 *
 * <p>Nothing here is on the way from an event to a proxy: collecting never waits, and the rest is done on threads of its
 * own or when somebody asks.
 *
 * <p>Depends on {@code app.inventory}, {@code app.topology}, {@code app.plugin} (for its reports alone) and the API.
 */
@NullMarked
package io.interlock.app.status;

import org.jspecify.annotations.NullMarked;
