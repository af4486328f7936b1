package io.interlock.api.sink;

import io.interlock.api.Experimental;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a container uses, as its engine counts it since the container was started. What the engine does not count on its
 * host is empty.
 *
 * @param at when the engine read it
 * @param cpu processor time
 * @param memory the memory that it has
 * @param network all its interfaces together; empty if it has no network of its own
 */
@Experimental
public record ContainerResources(Instant at, Cpu cpu, Memory memory, Optional<Network> network) {

    /**
     * Processor time, in nanoseconds.
     *
     * @param total all of it
     * @param kernel in the kernel
     * @param user in its own code
     */
    public record Cpu(OptionalLong total, OptionalLong kernel, OptionalLong user) {}

    /**
     * Memory, in bytes.
     *
     * @param usage in use, the page cache included
     * @param maxUsage the most that was in use at one time
     * @param failures how often a limit was reached
     * @param limit the most that it may use
     */
    public record Memory(OptionalLong usage, OptionalLong maxUsage, OptionalLong failures, OptionalLong limit) {}

    /**
     * What went over the network.
     *
     * @param received to the container
     * @param sent by the container
     */
    public record Network(Direction received, Direction sent) {}

    /** Counts of one direction. */
    public record Direction(long bytes, long packets, long errors, long dropped) {}
}
