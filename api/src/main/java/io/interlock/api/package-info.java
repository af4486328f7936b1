/**
 * What a plugin is built against. {@link io.interlock.api.topology} says what is to be served,
 * {@link io.interlock.api.loadbalancer} is the contract of whatever serves it, {@link io.interlock.api.sink} that of
 * whatever publishes statistics, which are described in {@link io.interlock.api.stats} (a proxy's) and
 * {@link io.interlock.api.status} (Interlock's own), and {@link io.interlock.api.plugin} is what every plugin gets from its
 * host.
 *
 * <p>What is {@link io.interlock.api.Experimental} may still change; the rest is stable within a major version.
 *
 * <p>What is {@link io.interlock.api.Experimental} may still change; the rest is stable within a major version.
 *
 * <p>Depends on nothing of Interlock's own; of others only on JSpecify's annotations and PF4J's
 * {@link org.pf4j.ExtensionPoint} marker.
 */
@NullMarked
package io.interlock.api;

import org.jspecify.annotations.NullMarked;
