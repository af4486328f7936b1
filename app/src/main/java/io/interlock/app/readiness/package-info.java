/**
 * Decides when a container is ready: it listens, or, with the field {@code warm}, it answers a first request. The gate
 * stands between the interpretation of containers and the topology, which knows nothing of containers that are not
 * ready.
 *
 * <p>Depends on {@code app.topology} for candidates and findings.
 */
@NullMarked
package io.interlock.app.readiness;

import org.jspecify.annotations.NullMarked;
