/**
 * Decides when a container is ready to be served: it listens, or it answers a first request if it asked for one with the
 * field {@code warm}. The gate stands between the interpretation of containers and the topology, which knows nothing of
 * containers that are not ready.
 *
 * <p>Depends on {@code app.topology} for candidates and findings.
 */
@NullMarked
package io.interlock.app.readiness;

import org.jspecify.annotations.NullMarked;
