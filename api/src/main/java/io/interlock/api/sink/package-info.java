/**
 * The extension point for statistics: a {@link io.interlock.api.sink.StatsSinkFactory} found in a plugin makes one
 * {@link io.interlock.api.sink.StatsSink}, which gets a {@link io.interlock.api.sink.StatsSnapshot} at every interval and
 * soon after a change, on a thread of its own: a slow or broken sink costs nothing but its own data.
 *
 * <p>Depends on {@link io.interlock.api.status}, {@link io.interlock.api.stats} and {@link io.interlock.api.plugin}.
 */
@NullMarked
package io.interlock.api.sink;

import org.jspecify.annotations.NullMarked;
