/**
 * One apply, from the topology to the proven result. {@link io.interlock.haproxy.apply.HaproxyLoadBalancer} shows the
 * whole way: the desired configuration ({@link io.interlock.haproxy.apply.DesiredConfigSource}) and the state of
 * HAProxy ({@link io.interlock.haproxy.apply.HaproxyDriver}) make a plan, which is executed and compared with the
 * result.
 *
 * <p>{@link io.interlock.haproxy.apply.BackgroundFileWriter} updates the files after changes at run time, {@link
 * io.interlock.haproxy.apply.IdleTaskScheduler} runs what can wait, and {@link
 * io.interlock.haproxy.apply.RefusalHandler} finds what HAProxy refuses and leaves it out.
 *
 * <p>The only package that uses all others of the plugin.
 */
@NullMarked
package io.interlock.haproxy.apply;

import org.jspecify.annotations.NullMarked;
