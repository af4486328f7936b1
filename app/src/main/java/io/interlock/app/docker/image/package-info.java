/**
 * What images bring to their containers, so that it can be told apart from what whoever started a container gave.
 *
 * <p>Depends on {@code app.inventory}.
 */
@NullMarked
package io.interlock.app.docker.image;

import org.jspecify.annotations.NullMarked;
