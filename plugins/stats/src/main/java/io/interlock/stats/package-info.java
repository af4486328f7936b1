/**
 * Statistics for Prometheus, Graphite, programs and people: the class that Interlock finds in the plugin's jar, its
 * configuration, and the sink that passes each snapshot on. {@link io.interlock.stats.metrics} and
 * {@link io.interlock.stats.json} convert snapshots to documents, {@link io.interlock.stats.graphite} sends them,
 * {@link io.interlock.stats.http} is the HTTP listener for documents.
 *
 * <p>Depends on the API, and on no other part of Interlock.
 */
@NullMarked
package io.interlock.stats;

import org.jspecify.annotations.NullMarked;
