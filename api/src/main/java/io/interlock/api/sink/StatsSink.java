package io.interlock.api.sink;

import io.interlock.api.Experimental;

/**
 * Receiver of statistics. The host calls these methods on one thread that belongs to this sink alone; they may block.
 * Every call has a time limit, after which the thread is interrupted.
 */
@Experimental
public interface StatsSink {

    /**
     * Takes a snapshot. Snapshots that arrive while an earlier one is being taken are skipped and counted, except for
     * the last. An exception is counted and logged, and the next snapshot follows as usual.
     */
    void accept(StatsSnapshot snapshot) throws Exception;

    /** Ends everything that the sink started. Called exactly once. Must not throw. */
    void close();
}
