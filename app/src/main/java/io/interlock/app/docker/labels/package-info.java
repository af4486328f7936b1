/**
 * Labels and variables of containers, services and images: which are read, and how.
 *
 * <p>Depends on {@code app.docker.json} and {@code app.inventory}.
 */
@NullMarked
package io.interlock.app.docker.labels;

import org.jspecify.annotations.NullMarked;
