/**
 * Watches Docker engines and keeps the {@link io.interlock.app.inventory} true. Events are hints: Interlock inspects
 * the container again, so a lost, doubled or reordered event changes nothing in the end.
 *
 * <p>{@link io.interlock.app.docker.EngineWatcherManager} is the entry point. It owns a watcher for each engine
 * ({@code docker.watch}), which connects with a client ({@code docker.client}) over HTTP
 * ({@code docker.http}), again after each loss. For the manager
 * of a swarm, {@code docker.swarm} provides the tasks of its services as containers.
 *
 * <p>Depends on {@code app.inventory}, {@code app.config} and Jackson.
 */
@NullMarked
package io.interlock.app.docker;

import org.jspecify.annotations.NullMarked;
