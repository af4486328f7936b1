package io.interlock.haproxy.process;

import io.interlock.haproxy.render.Rendered;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The one HAProxy of a load balancer, whoever starts it. Confined to one thread, where nothing else is said. */
public sealed interface HaproxyInstance extends AutoCloseable permits Supervisor, ExternalHaproxy {

    /** Whether HAProxy runs. */
    boolean runs() throws InterruptedException;

    /** What is wrong with a running HAProxy that a reload mends, for people. */
    Optional<String> damage();

    /** Why it could not listen at another port; empty: nothing is known to be in its way. */
    Optional<String> obstacleAt(int port);

    /** The process that serves; empty if none says that it does. */
    Optional<Worker> worker() throws InterruptedException;

    /** How the process that serves is told of changes. */
    RuntimeApi runtimeApi();

    /**
     * Has HAProxy start with this; it must not be running.
     *
     * @return the process that serves this
     * @throws HaproxyException if it does not serve this in the end
     */
    Worker start(Rendered wanted) throws HaproxyException, InterruptedException;

    /**
     * Makes the running HAProxy serve this. Servers that were down are down in the new worker too, until a check succeeds.
     *
     * @param moved backends that have another name now than in the worker that serves: from that name to this one
     * @return the process that serves this
     * @throws HaproxyException if it does not; it serves what it did, and the files are as before
     */
    Worker reload(Rendered wanted, Map<String, String> moved) throws HaproxyException, InterruptedException;

    /**
     * Makes the files say this if HAProxy finds it valid, for the next start. May be called on another thread than the
     * other methods, not while one of them runs that writes files.
     *
     * @throws HaproxyException if HAProxy refuses it or the files cannot be written; the files are then as before
     */
    void writeFiles(Rendered wanted) throws HaproxyException, InterruptedException;

    /**
     * Asks HAProxy what it thinks of this, and changes nothing. Not while another thread is in {@link #writeFiles}.
     *
     * @throws HaproxyException if HAProxy refuses it, or could not be asked
     */
    void check(Rendered candidate) throws HaproxyException, InterruptedException;

    /** How many workers that were replaced still finish what they have; none if the master does not answer. May be called on any thread. */
    int oldWorkers() throws InterruptedException;

    /** Where its configuration is. */
    Path configFile();

    /** Leaves HAProxy running, and looks after it no more. */
    void handOver();

    @Override
    void close();
}
