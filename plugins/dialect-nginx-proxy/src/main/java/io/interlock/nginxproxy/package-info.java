/**
 * Dialect of nginx-proxy: reads the variables and labels that containers have for it. Pure, except for the folder of htpasswd
 * files, which is read once.
 *
 * <p>Depends on the API and {@code util}.
 */
@NullMarked
package io.interlock.nginxproxy;

import org.jspecify.annotations.NullMarked;
