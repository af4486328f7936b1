/**
 * Reads the tasks of a swarm from one of its managers, so that tasks appear as containers of the engine.
 *
 * <p>Depends on {@code app.docker.client} and {@code app.inventory}.
 */
@NullMarked
package io.interlock.app.docker.swarm;

import org.jspecify.annotations.NullMarked;
