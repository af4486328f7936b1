package io.interlock.haproxy.supervise;

import io.interlock.api.loadbalancer.ReloadReason;
import io.interlock.haproxy.files.ConfigStore;
import io.interlock.haproxy.process.HaproxyException;
import io.interlock.haproxy.render.RenderedConfig;
import io.interlock.haproxy.runtime.HaproxyWorker;
import io.interlock.haproxy.runtime.RuntimeApi;
import java.util.Map;
import java.util.Optional;

/** The one HAProxy of a load balancer, whoever starts it. Confined to one thread, where nothing else is said. */
public sealed interface HaproxyInstance extends AutoCloseable permits ManagedHaproxy, ExternalHaproxy {

    /** Whether HAProxy runs. */
    boolean runs() throws InterruptedException;

    /** What is wrong with a running HAProxy that a reload mends, for people. */
    Optional<String> damage();

    /** Why it could not listen at another port; empty: nothing is known to be in its way. */
    Optional<String> obstacleAt(int port);

    /** The files that HAProxy reads. */
    ConfigStore files();

    /** How the process that serves is told of changes. */
    RuntimeApi runtimeApi();

    /**
     * Has HAProxy start with this; it must not be running.
     *
     * @return the process that serves this
     * @throws HaproxyException if it does not serve this in the end
     */
    HaproxyWorker start(RenderedConfig wanted) throws HaproxyException, InterruptedException;

    /**
     * Makes the running HAProxy serve this. Servers that were down are down in the new worker too, until a check succeeds.
     *
     * @param moved backends that have another name now than in the worker that serves: from that name to this one
     * @param reason why
     * @return the process that serves this
     * @throws HaproxyException if it does not; it serves what it did, and the files are as before
     */
    HaproxyWorker reload(RenderedConfig wanted, Map<String, String> moved, ReloadReason reason)
            throws HaproxyException, InterruptedException;

    /** Leaves HAProxy running, and looks after it no more. */
    void handOver();

    @Override
    void close();
}
