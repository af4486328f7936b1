/**
 * Statistics of a proxy: {@link io.interlock.api.stats.ProxyStats}, as HAProxy, nginx and others provide them. Values
 * that a proxy does not know are empty, never 0. Counters begin at 0 whenever the proxy starts or reloads its
 * configuration, and may therefore fall; a program that computes rates must expect that, as Prometheus does.
 *
 * <p>Depends on nothing but the JDK.
 */
@NullMarked
package io.interlock.api.stats;

import org.jspecify.annotations.NullMarked;
