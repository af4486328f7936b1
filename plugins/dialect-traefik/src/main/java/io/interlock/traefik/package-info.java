/**
 * Dialect of Traefik: reads the labels that containers have for it, of versions 2 and 3. Pure.
 *
 * <p>Depends on the API and {@code util}.
 */
@NullMarked
package io.interlock.traefik;

import org.jspecify.annotations.NullMarked;
