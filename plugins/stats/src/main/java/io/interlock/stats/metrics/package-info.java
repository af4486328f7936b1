/**
 * From a snapshot to what Prometheus scrapes: pure. Names and units follow Prometheus' conventions
 * (https://prometheus.io/docs/practices/naming/); docs/statistics.md lists them. Only what is in the snapshot has series, so
 * those of a container that is gone disappear with it.
 *
 * <p>Depends on the API and Prometheus' client library.
 */
@NullMarked
package io.interlock.stats.metrics;

import org.jspecify.annotations.NullMarked;
