package io.interlock.bench.engine;

import java.time.Duration;

/**
 * How long an engine takes, from a request to its answer.
 *
 * @param inspect one container
 * @param list the list of containers, if it is empty
 * @param listPerContainer and so much more for each container in it
 * @param startReturn from the start's event to the return of the start call
 */
public record EngineLatencies(Duration inspect, Duration list, Duration listPerContainer, Duration startReturn) {

    /** What Docker Engine 20.10 took over its unix socket, on a machine with two processors. */
    public static final EngineLatencies USUAL = new EngineLatencies(
            Duration.ofNanos(1_000_000),
            Duration.ofNanos(800_000),
            Duration.ofNanos(50_000),
            Duration.ofNanos(300_000));

    Duration ofList(int containers) {
        return list.plus(listPerContainer.multipliedBy(containers));
    }
}
