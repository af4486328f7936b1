/**
 * The files of the plugin: configuration, maps, certificates, error pages. Writes atomically and keeps the modes that
 * HAProxy needs.
 *
 * <p>Starts no process.
 */
@NullMarked
package io.interlock.haproxy.files;

import org.jspecify.annotations.NullMarked;
