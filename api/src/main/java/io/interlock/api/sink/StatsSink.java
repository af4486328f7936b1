package io.interlock.api.sink;

import io.interlock.api.Experimental;

/**
 * Takes statistics. The host calls these methods on one thread, which is this sink's alone and no load balancer's;
 * blocking is allowed there. Every call has a deadline, after which the thread is interrupted.
 */
@Experimental
public interface StatsSink {

    /**
     * Takes a snapshot. Snapshots in between are skipped while an earlier one is being taken, and counted; the last
     * never is. What this throws is counted and told in the log, and the next snapshot comes all the same.
     */
    void accept(StatsSnapshot snapshot) throws Exception;

    /** Ends everything that the sink started. Called exactly once. Must not throw. */
    void close();
}
