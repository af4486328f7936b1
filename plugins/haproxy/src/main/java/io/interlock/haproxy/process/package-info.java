/**
 * HAProxy as a program: finding it ({@link io.interlock.haproxy.process.HaproxyBinary}), checking and replacing its
 * files ({@link io.interlock.haproxy.process.ConfigStore}), starting, reloading and ending it
 * ({@link io.interlock.haproxy.process.Supervisor}), or driving one that somebody else starts
 * ({@link io.interlock.haproxy.process.ExternalHaproxy}), watching it ({@link io.interlock.haproxy.process.Heartbeat}), and
 * asking it what it serves over its two sockets
 * ({@link io.interlock.haproxy.process.MasterSocket}, {@link io.interlock.haproxy.process.RuntimeApi}).
 * {@link io.interlock.haproxy.process.Reloader} holds the whole of a reload, for both kinds of HAProxy.
 * {@link io.interlock.haproxy.process.RuntimeChange} takes a plan's steps and reads back what came of them. What did not
 * work is a {@link io.interlock.haproxy.process.HaproxyException}.
 *
 * <p>Depends on the API, {@code plan} and {@code render}. All I/O of the plugin is here.
 */
@NullMarked
package io.interlock.haproxy.process;

import org.jspecify.annotations.NullMarked;
