/**
 * Follows one engine: subscribes, lists, inspects changed containers, and keeps the inventory true.
 *
 * <p>Decides the meaning of events without I/O. Depends on {@code app.docker.client} and {@code app.inventory}.
 */
@NullMarked
package io.interlock.app.docker.watch;

import org.jspecify.annotations.NullMarked;
