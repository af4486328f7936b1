/**
 * API of plugins. {@link io.interlock.api.topology} describes what must be served.
 * {@link io.interlock.api.loadbalancer} is the contract of load balancers, {@link io.interlock.api.sink} that of
 * statistics sinks and {@link io.interlock.api.dialect} that of dialects. {@link io.interlock.api.stats} describes the statistics of a proxy and
 * {@link io.interlock.api.status} those of Interlock itself. {@link io.interlock.api.plugin} contains the services that
 * every plugin gets from its host.
 *
 * <p>An element marked {@link io.interlock.api.Experimental} may still change; the rest is stable within a major
 * version.
 *
 * <p>Depends on no other module of Interlock; of libraries only on JSpecify's annotations and PF4J's
 * {@link org.pf4j.ExtensionPoint} marker.
 */
@NullMarked
package io.interlock.api;

import org.jspecify.annotations.NullMarked;
