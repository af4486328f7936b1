package io.interlock.bench.engine;

import java.time.Duration;

/**
 * Times that an engine takes from a request to its answer.
 *
 * @param inspect one container
 * @param list the list of containers, if it is empty
 * @param listPerContainer the additional time for each container in the list
 * @param startReturn from the start's event to the return of the start call
 */
public record EngineLatencies(Duration inspect, Duration list, Duration listPerContainer, Duration startReturn) {

    /** Times of Docker Engine 20.10 over its Unix socket, on a machine with two processors. */
    public static final EngineLatencies USUAL = new EngineLatencies(
            Duration.ofNanos(1_000_000),
            Duration.ofNanos(800_000),
            Duration.ofNanos(50_000),
            Duration.ofNanos(300_000));

    Duration ofList(int containers) {
        return list.plus(listPerContainer.multipliedBy(containers));
    }
}
