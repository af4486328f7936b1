/**
 * Findings: what a container asked for, the effect on the container, and what was decided instead.
 *
 * <p>Depends on {@code app.inventory}, {@code app.config} for owners, and Jackson.
 */
@NullMarked
package io.interlock.app.topology.findings;

import org.jspecify.annotations.NullMarked;
