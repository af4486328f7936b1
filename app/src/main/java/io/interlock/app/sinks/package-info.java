/**
 * Has the plugins' statistics sinks take snapshots: a lane for each, with a thread of its own, which no load balancer and no
 * other sink ever waits for.
 *
 * <p>Depends on {@code app.plugin}, {@code app.status} and the API.
 */
@NullMarked
package io.interlock.app.sinks;

import org.jspecify.annotations.NullMarked;
