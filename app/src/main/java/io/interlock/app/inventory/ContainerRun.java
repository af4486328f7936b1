package io.interlock.app.inventory;

import java.time.Instant;

/**
 * One run of a container, from its start to its end.
 *
 * @param container the container
 * @param startedAt when this run began; distinguishes the runs of a container
 */
public record ContainerRun(ContainerKey container, Instant startedAt) {}
