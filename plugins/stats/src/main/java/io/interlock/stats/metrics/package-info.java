/**
 * Converts snapshots to the metrics that Prometheus scrapes: pure. Names and units follow Prometheus' conventions
 * (https://prometheus.io/docs/practices/naming/); docs/statistics.md lists them. Only objects in the snapshot have
 * series, so the series of an ended container disappear with it.
 *
 * <p>Depends on the API and Prometheus' client library.
 */
@NullMarked
package io.interlock.stats.metrics;

import org.jspecify.annotations.NullMarked;
