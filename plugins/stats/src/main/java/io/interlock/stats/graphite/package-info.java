/**
 * Sends what containers use to Carbon, in its plaintext protocol
 * (https://graphite.readthedocs.io/en/stable/feeding-carbon.html), under the names that Interlock's first statistics plugin
 * had. {@link io.interlock.stats.graphite.CarbonLines} writes them (pure),
 * {@link io.interlock.stats.graphite.CarbonConnection} keeps one connection, and
 * {@link io.interlock.stats.graphite.GraphiteReporter} reads and sends at every interval.
 *
 * <p>Depends on the API.
 */
@NullMarked
package io.interlock.stats.graphite;

import org.jspecify.annotations.NullMarked;
