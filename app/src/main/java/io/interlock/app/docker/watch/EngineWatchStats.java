package io.interlock.app.docker.watch;

/**
 * What watching an engine has cost so far; counts only grow.
 *
 * @param events events received that can matter
 * @param eventInspects inspects made because of events; never more than events
 * @param otherInspects inspects made at a resync, to try again, or to see whether a container outlived its stop signal
 * @param resyncs lists of all containers
 * @param connects connections that were made and led to a first complete state
 */
public record EngineWatchStats(long events, long eventInspects, long otherInspects, long resyncs, long connects) {}
