/**
 * Sends resource usage of containers to Carbon, in its plaintext protocol
 * (https://graphite.readthedocs.io/en/stable/feeding-carbon.html), under the names of Interlock's first statistics
 * plugin. {@link io.interlock.stats.graphite.CarbonLineWriter} writes the lines (pure),
 * {@link io.interlock.stats.graphite.CarbonConnection} keeps one connection, and
 * {@link io.interlock.stats.graphite.GraphiteReporter} reads and sends at every interval.
 *
 * <p>Depends on the API.
 */
@NullMarked
package io.interlock.stats.graphite;

import org.jspecify.annotations.NullMarked;
