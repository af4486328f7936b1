/**
 * Evidence about where this process is, seen from an engine's containers: interfaces, routes, and what the engine says
 * about its host and networks. The decisions are pure.
 *
 * <p>Depends on {@code app.inventory} and {@code app.docker.json}.
 */
@NullMarked
package io.interlock.app.docker.location;

import org.jspecify.annotations.NullMarked;
