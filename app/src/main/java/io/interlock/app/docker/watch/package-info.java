/**
 * Follows one engine: subscribes, lists, inspects what changed, and keeps the inventory true.
 *
 * <p>Decides what an event means without I/O; depends on {@code app.docker.client} and {@code app.inventory}.
 */
@NullMarked
package io.interlock.app.docker.watch;

import org.jspecify.annotations.NullMarked;
