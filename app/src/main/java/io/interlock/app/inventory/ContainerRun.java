package io.interlock.app.inventory;

import java.time.Instant;

/**
 * One run of a container, from a start to its end.
 *
 * @param container which container
 * @param startedAt when this run began; it tells the runs of a container apart
 */
public record ContainerRun(ContainerKey container, Instant startedAt) {}
