/**
 * The log of requests: takes the entries of load balancers, and writes a line for each to the operator's destinations
 * and to those who follow the log live. It also counts requests for the metrics. Every queue is bounded by its bytes; what does not fit is dropped and counted,
 * so that neither a load balancer nor a destination waits for another destination.
 *
 * <p>Depends on {@code app.config}, {@code app.runtime}, {@code app.topology} and the API.
 */
@NullMarked
package io.interlock.app.accesslog;

import org.jspecify.annotations.NullMarked;
