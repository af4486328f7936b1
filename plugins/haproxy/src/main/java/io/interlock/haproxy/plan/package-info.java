/**
 * Decides what to do to HAProxy. Pure: no I/O. {@link io.interlock.haproxy.plan.ApplyPlanner} compares the desired
 * configuration with the {@link io.interlock.haproxy.plan.ProxyState}, which is verified, and finds the {@link
 * io.interlock.haproxy.plan.ApplyPlan}: typed {@link io.interlock.haproxy.plan.RuntimeStep}s for the running worker if
 * they suffice, otherwise a reload.
 *
 * <p>A <i>place</i> is a backend that HAProxy has declared: under the own name of a desired backend, or as a
 * <i>spare</i>, an empty backend declared in advance so that a later backend needs no reload. A new virtual host
 * {@code foo.com} is added like this:
 *
 * <pre>{@code
 * add server interlock.spare-0001/web 172.17.0.2:80 ...
 * add map hosts.map foo.com interlock.spare-0001
 * }</pre>
 *
 * <p>Some facts are read from texts, because neither HAProxy nor the record of its loaded configuration returns
 * anything else: stickiness from a backend's line {@code cookie}, hashing from its line {@code balance}, TCP from its first line, the kind of a server from the end of its name, and a spare
 * backend from the beginning of its name.
 *
 * <p>Depends on the API and {@code haproxy.model}.
 */
@NullMarked
package io.interlock.haproxy.plan;

import org.jspecify.annotations.NullMarked;
