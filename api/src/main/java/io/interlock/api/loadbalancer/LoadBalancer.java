package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Running proxy. It is confined to one thread, apart from {@link #stats} and {@link #preview}: the host never calls two
 * methods at once. Methods may block; every call has a time limit, after which the thread is interrupted.
 */
public interface LoadBalancer {

    /**
     * Makes the proxy serve this topology. The call is level triggered: the snapshot is complete, and earlier snapshots
     * may have been skipped. The same snapshot may come again, after a failure or after
     * {@link LoadBalancerContext#requestApply}; then the load balancer must verify and repair the proxy's state.
     *
     * <p>A part that cannot be served is left out and named in the result; the rest is served. If the proxy does not
     * accept the change, the previous configuration keeps serving and stays on disk.
     *
     * @return the result, never null
     * @throws InterruptedException if the thread was interrupted; the previous state keeps serving
     */
    ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException;

    /**
     * Returns the capabilities of this load balancer. Called once, before the first apply. The result may depend on
     * what {@link LoadBalancerFactory#create} detected, for example the proxy's version.
     */
    @Experimental
    default Set<Capability> capabilities() {
        return Set.of();
    }

    /**
     * Whether a proxy that an earlier controller left running serves at present. Called once, before the first apply,
     * and must not change anything. If so, the host keeps what the proxy serves for each engine that has not answered
     * yet; otherwise it serves only what engines have answered.
     */
    @Experimental
    default boolean proxyRuns() throws InterruptedException {
        return false;
    }

    /**
     * Returns the proxy's current counters. Called every few seconds while statistics are wanted, on <em>another</em>
     * thread than the other methods and while one of them runs, because statistics are wanted most during a long apply.
     * The implementation must be thread-safe, must not wait for an apply, and must not change anything. Two calls never
     * run at once, but a call may run while or after the load balancer is closed.
     *
     * @return empty if the proxy does not run or has no statistics
     * @throws IOException if the proxy does not answer; the message says why
     */
    @Experimental
    default Optional<ProxyStats> stats() throws IOException, InterruptedException {
        return Optional.empty();
    }

    /**
     * Returns the files that would be written for this topology. Writes nothing, sends nothing to the proxy, and works
     * with and without an earlier {@link #apply}. Called on any thread, like {@link #stats}.
     *
     * @return empty if this load balancer writes no files
     * @throws IOException if there is no preview; the message is for the operator and says what to do
     */
    @Experimental
    default Optional<ConfigPreview> preview(TopologySnapshot snapshot) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /**
     * Ends the proxy. Requests in flight may finish within a limit that the load balancer sets; afterwards none of its
     * processes and threads may run. Also called after a failed apply. The host calls either this method or
     * {@link #handOver}, once, and nothing afterwards. Must not throw.
     */
    void close();

    /**
     * Hands the proxy over to a successor; called instead of {@link #close}. The successor is another version of the
     * plugin, or the same with another configuration or settings; its {@code create} has already succeeded and its first
     * {@code apply} comes next. It has the same data directory. An implementation should leave the proxy running for the successor if it can, so that no
     * request is lost; its threads and everything else in this process must end. If the successor fails, the former
     * version of the plugin is created again and takes over in the same way.
     *
     * <p>The default closes the load balancer; the successor then starts a new proxy.
     */
    @Experimental
    default void handOver() {
        close();
    }
}
