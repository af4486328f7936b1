/**
 * The log of requests: HAProxy keeps the latest lines in a ring in its memory, from which this package reads them over
 * the Runtime API. Unlike a socket to which HAProxy sends, a ring of a worker that a reload has replaced can be read
 * until its last request has ended, and keeps lines while no controller runs.
 *
 * <p>{@link io.interlock.haproxy.render.AccessLogDirectives} writes the lines of the configuration, {@link
 * io.interlock.haproxy.accesslog.AccessLogLineParser} reads the lines of the log, {@link
 * io.interlock.haproxy.accesslog.AccessLogFollower} finds the workers.
 *
 * <p>Depends on {@code haproxy.runtime}, {@code haproxy.render} and the API.
 */
@NullMarked
package io.interlock.haproxy.accesslog;

import org.jspecify.annotations.NullMarked;
