/**
 * Waits until containers can be served: a container is started long before its process listens, and some ask to be warmed
 * with a first request.
 *
 * <p>Depends on {@code app.topology} for what is to be warmed.
 */
@NullMarked
package io.interlock.app.warm;

import org.jspecify.annotations.NullMarked;
