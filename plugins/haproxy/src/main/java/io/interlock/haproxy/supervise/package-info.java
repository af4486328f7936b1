/**
 * Supervision of HAProxy's processes: starts or takes over the master, reloads it, notices its end, and ends it.
 *
 * <p>Depends on {@code haproxy.runtime} and {@code haproxy.process}.
 */
@NullMarked
package io.interlock.haproxy.supervise;

import org.jspecify.annotations.NullMarked;
