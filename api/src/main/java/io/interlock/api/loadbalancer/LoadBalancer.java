package io.interlock.api.loadbalancer;

import io.interlock.api.topology.TopologySnapshot;

/**
 * A running proxy. Confined to one thread: the host never calls two methods at once, and may be kept waiting; every call
 * has a deadline, after which the thread is interrupted.
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
     * Ends the proxy: requests in flight may finish within a limit of the load balancer's own, then nothing of it is
     * left running. Called exactly once, also after a failed apply. Must not throw.
     */
    void close();
}
