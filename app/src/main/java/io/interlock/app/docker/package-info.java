/**
 * Watches Docker engines and keeps the {@link io.interlock.app.inventory} true. Events are hints: what a container is
 * comes from inspecting it again, so a lost, doubled or reordered event changes nothing in the end.
 *
 * <p>{@link io.interlock.app.docker.EngineFleet} is the way in. From outside to inside: a watcher per engine connects
 * again and again; a session moves events, lists and inspects of one connection; the tracker decides, without I/O or
 * threads, what they mean.
 *
 * <p>{@link io.interlock.app.docker.SwarmClient} stands before an engine that may manage a swarm, whose tasks then appear as containers
 * of the engine; {@link io.interlock.app.docker.SwarmWatch} makes events of what it sees of them.
 *
 * <p>Depends on {@code app.inventory}, {@code app.config}, {@code app.retry}, Jackson, and docker-java's transport, which appears nowhere
 * else.
 */
@NullMarked
package io.interlock.app.docker;

import org.jspecify.annotations.NullMarked;
