/**
 * HAProxy's counters in the terms of the API: parses the answers to {@code show stat} and {@code show info}.
 *
 * <p>Depends on the API, {@code haproxy.model} and {@code haproxy.runtime}.
 */
@NullMarked
package io.interlock.haproxy.stats;

import org.jspecify.annotations.NullMarked;
