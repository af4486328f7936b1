package io.interlock.haproxy.supervise;

import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.files.ConfigStore;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.runtime.HaproxyWorker;
import io.interlock.haproxy.runtime.RuntimeApi;
import java.util.Map;
import java.util.Optional;

/** HAProxy of a load balancer, whichever program starts it. Confined to one thread unless a method states otherwise. */
public sealed interface HaproxyInstance extends AutoCloseable permits ManagedHaproxy, ExternalHaproxy {

    /** Whether HAProxy runs before this controller has used it. Changes nothing. */
    boolean isLeftRunning() throws InterruptedException;

    /** Whether HAProxy runs. */
    boolean runs() throws InterruptedException;

    /** Damage of a running HAProxy that a reload repairs, for messages. */
    Optional<String> damage();

    /** Why HAProxy could not listen at another port; empty if no obstacle is known. */
    Optional<String> obstacleAt(int port);

    /** The files that HAProxy reads. */
    ConfigStore files();

    /** The client for changes to the process that serves. */
    RuntimeApi runtimeApi();

    /**
     * Starts HAProxy with the configuration. HAProxy must not be running.
     *
     * @return the process that serves the configuration
     * @throws HaproxyException if HAProxy does not serve the configuration in the end
     */
    HaproxyWorker start(RenderedConfig desired) throws HaproxyException, InterruptedException;

    /**
     * Makes the running HAProxy serve the configuration. Servers that were down are also down in the new worker, until
     * a check succeeds.
     *
     * @param moved the backends that have another name in the worker that serves: from that name to the new one
     * @param reason of the reload
     * @return the process that serves the configuration
     * @throws HaproxyException if no process does; HAProxy then serves what it served before, and the files are as
     *     before
     */
    HaproxyWorker reload(RenderedConfig desired, Map<String, String> moved, ReloadReason reason)
            throws HaproxyException, InterruptedException;

    /** Leaves HAProxy running, and stops supervising it. */
    void handOver();

    @Override
    void close();
}
