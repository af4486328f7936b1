/**
 * What a proxy counts: {@link io.interlock.api.stats.ProxyStats}, as HAProxy, nginx and others can tell it. Values that
 * a proxy does not know are empty, never 0. Counts begin at 0 whenever the proxy starts or loads its configuration anew,
 * and may therefore fall; whoever shows rates has to expect that, as Prometheus does.
 *
 * <p>Depends on nothing but the JDK.
 */
@NullMarked
package io.interlock.api.stats;

import org.jspecify.annotations.NullMarked;
