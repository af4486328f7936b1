/**
 * Passes snapshots to the statistics sinks of plugins. Each sink has its own thread; no load balancer and no other sink
 * waits for it.
 *
 * <p>Depends on {@code app.plugin}, {@code app.status}, {@code app.docker} (for the resources of a container) and the
 * API.
 */
@NullMarked
package io.interlock.app.sinks;

import org.jspecify.annotations.NullMarked;
