/**
 * Statistics for Prometheus, Graphite, programs and people: what the host finds in the plugin's jar, its configuration,
 * and the sink that hands each snapshot on. {@link io.interlock.stats.metrics} and {@link io.interlock.stats.json} turn
 * snapshots into documents, {@link io.interlock.stats.graphite} sends them, {@link io.interlock.stats.http} is where
 * documents can be fetched.
 *
 * <p>Depends on the API, and on no other part of Interlock.
 */
@NullMarked
package io.interlock.stats;

import org.jspecify.annotations.NullMarked;
