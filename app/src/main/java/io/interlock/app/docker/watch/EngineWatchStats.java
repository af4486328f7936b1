package io.interlock.app.docker.watch;

/**
 * Cost of watching an engine so far. The counts only grow.
 *
 * @param events received events that can matter
 * @param eventInspects inspects because of events; never more than events
 * @param otherInspects inspects because of a resync or a retry, or because a container may have outlived its stop
 *     signal
 * @param resyncs lists of all containers
 * @param connects connections that led to a first complete state
 */
public record EngineWatchStats(long events, long eventInspects, long otherInspects, long resyncs, long connects) {}
