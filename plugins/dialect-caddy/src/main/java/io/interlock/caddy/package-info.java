/**
 * Dialect of caddy-docker-proxy: reads the labels that containers have for it as the directives of a Caddyfile. Pure.
 *
 * <p>Depends on the API and {@code util}.
 */
@NullMarked
package io.interlock.caddy;

import org.jspecify.annotations.NullMarked;
