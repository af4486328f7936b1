package io.interlock.api.sink;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Resource usage of a container, as its engine counts it since the start of the container. A value that the engine does
 * not count on its host is empty.
 *
 * @param at when the engine read the values
 * @param cpu processor time
 * @param memory memory
 * @param network sum of all its interfaces; empty if it has no network of its own
 */
@Experimental
public record ContainerResources(Instant at, Cpu cpu, Memory memory, Optional<Network> network) {

    /**
     * Processor time, in nanoseconds.
     *
     * @param total total time
     * @param kernel time in the kernel
     * @param user time in the container's own code
     */
    public record Cpu(OptionalLong total, OptionalLong kernel, OptionalLong user) {}

    /**
     * Memory, in bytes.
     *
     * @param usage memory in use, including the page cache
     * @param maxUsage highest memory in use so far
     * @param failures number of times that a limit was reached
     * @param limit limit of the memory in use
     */
    public record Memory(OptionalLong usage, OptionalLong maxUsage, OptionalLong failures, OptionalLong limit) {}

    /**
     * Network traffic.
     *
     * @param received traffic to the container
     * @param sent traffic from the container
     */
    public record Network(Direction received, Direction sent) {}

    /** Counters of one direction. */
    public record Direction(long bytes, long packets, long errors, long dropped) {}
}
