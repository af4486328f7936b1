package io.interlock.api.loadbalancer;

import io.interlock.api.Experimental;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * A running proxy. Confined to one thread, apart from {@link #stats} and {@link #preview}: the host never calls two methods at once, and may be
 * kept waiting; every call has a deadline, after which the thread is interrupted.
 */
public interface LoadBalancer {

    /**
     * Makes the proxy serve this topology. Level triggered: the snapshot says everything, earlier ones may have been
     * skipped, and the same one may come again, after a failure, or because somebody asked with
     * {@link LoadBalancerContext#requestApply}: then the proxy's own state is to be verified and mended.
     *
     * <p>What cannot be served is left out and named in the result, rather than failing the rest. If the proxy does not
     * take the change, then the previous one keeps serving, on disk too.
     *
     * @return what came of it, never null
     * @throws InterruptedException if the thread was interrupted; the previous state serves on
     */
    ApplyResult apply(TopologySnapshot snapshot) throws InterruptedException;

    /**
     * What this can do beyond what every load balancer does. Asked once, before the first apply; may depend on what
     * {@link LoadBalancerFactory#create} found out, the proxy's version say.
     */
    @Experimental
    default Set<Capability> capabilities() {
        return Set.of();
    }

    /**
     * What the proxy counts now. Called every few seconds as long as somebody wants to know, on <em>another</em> thread
     * than the other methods, and while one of them runs: an apply may take long, and statistics are wanted above all
     * then. So it must be safe for that, must not wait for an apply, and changes nothing. Never called twice at once,
     * but possibly once more while or after the load balancer is closed.
     *
     * @return empty if the proxy does not run, or tells nothing
     * @throws IOException if the proxy does not answer; the message says why
     */
    @Experimental
    default Optional<ProxyStats> stats() throws IOException, InterruptedException {
        return Optional.empty();
    }

    /**
     * What would be written for this topology. Writes nothing, tells the proxy nothing, and works whether or not there
     * was an {@link #apply} before. Called on any thread, as {@link #stats} is.
     *
     * @return empty if this load balancer writes no files
     * @throws IOException if it cannot be told; the message is for the operator and says what to do
     */
    @Experimental
    default Optional<ConfigPreview> preview(TopologySnapshot snapshot) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /**
     * Ends the proxy: requests in flight may finish within a limit of the load balancer's own, then nothing of it is
     * left running, neither processes nor threads. Also called after a failed apply. Of this and {@link #handOver}
     * exactly one is called, once, and nothing afterwards. Must not throw.
     */
    void close();

    /**
     * Instead of {@link #close} when a successor takes over: another version of the plugin, whose {@code create} has
     * succeeded already, and whose first {@code apply} comes next. It has the same data directory and settings. Whoever
     * can leave the proxy running for it does, so that no request is lost; but threads and everything else in this process end.
     * Should the successor fail, then the plugin's former version is created anew and takes over in the same way.
     *
     * <p>Unless overridden, this closes: the successor then starts from nothing.
     */
    @Experimental
    default void handOver() {
        close();
    }
}
