/**
 * Extension point for statistics. A {@link io.interlock.api.sink.StatsSinkFactory} in a plugin creates one
 * {@link io.interlock.api.sink.StatsSink}. The sink gets a {@link io.interlock.api.sink.StatsSnapshot} at every
 * interval and soon after a change, on a thread of its own; a slow or broken sink loses only its own data.
 *
 * <p>Depends on {@link io.interlock.api.status}, {@link io.interlock.api.stats} and {@link io.interlock.api.plugin}.
 */
@NullMarked
package io.interlock.api.sink;

import org.jspecify.annotations.NullMarked;
