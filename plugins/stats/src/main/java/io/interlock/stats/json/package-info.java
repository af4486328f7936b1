/**
 * Converts snapshots to documents for programs and for the dashboard: pure. Documents have names in snake case, times
 * in ISO 8601, and durations in milliseconds; unknown values are omitted. {@code openapi.yaml} describes the documents
 * for their users.
 *
 * <p>Depends on the API and Jackson.
 */
@NullMarked
package io.interlock.stats.json;

import org.jspecify.annotations.NullMarked;
