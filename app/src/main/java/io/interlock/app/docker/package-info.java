/**
 * Watches Docker engines and keeps the {@link io.interlock.app.inventory} true. Events are hints: what a container is
 * comes from inspecting it again, so a lost, doubled or reordered event changes nothing in the end.
 *
 * <p>{@link io.interlock.app.docker.EngineFleet} is the way in. From outside to inside: a watcher per engine connects
 * again and again; a session moves events, lists and inspects of one connection; the tracker decides, without I/O or
 * threads, what they mean.
 *
 * <p>A {@link io.interlock.app.docker.TaskProvider} provides the tasks of a swarm as containers of the engine that manages it; {@link
 * io.interlock.app.docker.EngineConnection} has one beside the engine's client as long as the engine is a manager. {@link
 * io.interlock.app.docker.SwarmWatch} is the only implementation. Classes whose names begin with {@code Swarm} or {@code Task} know
 * the engine's client, and nothing of sessions and trackers.
 *
 * <p>Depends on {@code app.inventory}, {@code app.config}, {@code app.retry}, Jackson, and docker-java's transport, which appears nowhere
 * else.
 */
@NullMarked
package io.interlock.app.docker;

import org.jspecify.annotations.NullMarked;
