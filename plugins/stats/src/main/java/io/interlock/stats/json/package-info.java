/**
 * From a snapshot to what programs and the dashboard get: pure. Documents are written with names in snake case, times in
 * ISO 8601, durations in milliseconds; what is not known is left out. {@code openapi.yaml} describes them for those who
 * use them.
 *
 * <p>Depends on the API and Jackson.
 */
@NullMarked
package io.interlock.stats.json;

import org.jspecify.annotations.NullMarked;
