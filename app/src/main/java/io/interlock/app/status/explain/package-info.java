/**
 * Answers why a host name, URL or container is served, or why not; pure functions of a status view.
 *
 * <p>Depends on {@code app.topology} for findings and {@code app.status} for the view.
 */
@NullMarked
package io.interlock.app.status.explain;

import org.jspecify.annotations.NullMarked;
