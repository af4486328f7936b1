/**
 * Sends a first request to containers that asked to be warmed, before they are served.
 *
 * <p>Depends on {@code app.topology} for what is to be warmed.
 */
@NullMarked
package io.interlock.app.warm;

import org.jspecify.annotations.NullMarked;
