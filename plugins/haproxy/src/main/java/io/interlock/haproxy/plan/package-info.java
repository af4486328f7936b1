/**
 * What to do to HAProxy: pure decisions, no I/O. {@link io.interlock.haproxy.plan.Wanted} is what it is to have,
 * {@link io.interlock.haproxy.plan.Running} what it verifiably has, and {@link io.interlock.haproxy.plan.Planner} finds
 * the {@link io.interlock.haproxy.plan.Plan} that leads from one to the other: typed
 * {@link io.interlock.haproxy.plan.Step}s for the running worker where they suffice, else a reload.
 *
 * <p>A <i>place</i> is a backend that HAProxy has declared: under a wanted backend's own name, or a <i>spare</i>, an empty
 * one that was declared so that a backend which comes later needs no reload. A new virtual host {@code foo.com} is brought
 * up so:
 *
 * <pre>{@code
 * add server interlock.spare-0001/web 172.17.0.2:80 ...
 * add map hosts.map foo.com interlock.spare-0001
 * }</pre>
 *
 * <p>Some facts are read from texts, because HAProxy or the record of what it has loaded gives back nothing else: what all servers
 * of a backend have from its line {@code default-server}, stickiness from its line {@code cookie}, TCP from its first line
 * ({@link io.interlock.haproxy.plan.Declaration}, {@link io.interlock.haproxy.plan.BackendSpec#isTcp}), the kind of a server from the end
 * of its name ({@link io.interlock.haproxy.plan.ServerSpec}), and a spare backend from the beginning of its name
 * ({@link io.interlock.haproxy.plan.SpareBackends}).
 *
 * <p>Depends on the API.
 */
@NullMarked
package io.interlock.haproxy.plan;

import org.jspecify.annotations.NullMarked;
