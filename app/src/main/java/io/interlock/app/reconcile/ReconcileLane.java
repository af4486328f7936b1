package io.interlock.app.reconcile;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.util.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which a load balancer lives, from its creation to its close. Applies the latest snapshot: those in
 * between may be skipped, the last never. One that failed is tried again with growing pauses, until it took, was rejected, or
 * a later one came.
 *
 * <p>All methods may be called from any thread; only {@link #close} and {@link #handOver} block.
 */
public final class ReconcileLane {

    private static final Logger log = LoggerFactory.getLogger(ReconcileLane.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final String name;
    private final Opening opening;
    private final Debounce debounce;
    private final Listener listener;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
    private final CompletableFuture<Optional<String>> opened = new CompletableFuture<>();
    private final Thread thread;
    private volatile @Nullable LoadBalancer open;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The rest is guarded by the lock.
    private @Nullable TopologySnapshot wanted;
    private boolean due;
    private boolean closing;
    private Consumer<LoadBalancer> ending = LoadBalancer::close;
    private long firstWaiting;
    private long lastWaiting;
    private long lastActed = System.nanoTime() - LONGEST_PAUSE.toNanos();
    private long notBefore = lastActed;

    /** How a lane gets its load balancer, on its own thread. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Opens it.
         *
         * @param requestApply what the load balancer calls to have the latest snapshot applied again
         */
        LoadBalancer open(Runnable requestApply) throws LoadBalancerUnavailableException, InterruptedException;
    }

    /** Is told what came of each apply, on the lane's thread; must be quick. */
    @FunctionalInterface
    public interface Listener {
        void applied(String lane, TopologySnapshot snapshot, ApplyResult result, Duration took);
    }

    /**
     * A lane that does nothing yet.
     *
     * @param name for log and threads: the plugin's id
     */
    public ReconcileLane(String name, Opening opening, Debounce debounce, Listener listener) {
        this.name = name;
        this.opening = opening;
        this.debounce = debounce;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("lane-" + name).unstarted(this::run);
    }

    /** Starts the thread, which first opens the load balancer. */
    public void start() {
        thread.start();
    }

    /** The name given at construction. */
    public String name() {
        return name;
    }

    /** Completes when the load balancer is open, or with the reason why it never will be. */
    public CompletableFuture<Optional<String>> opened() {
        return opened.copy();
    }

    /** The load balancer while it is open, for calls that may come from any thread. */
    public Optional<LoadBalancer> open() {
        return Optional.ofNullable(open);
    }

    /** Says what is to be served from now on. */
    public void offer(TopologySnapshot snapshot) {
        lock.lock();
        try {
            wanted = snapshot;
            // What failed before may work with this one: do not make it wait for the longest pause.
            notBefore = earlier(notBefore, System.nanoTime() + FIRST_PAUSE.toNanos());
            noteDue();
        } finally {
            lock.unlock();
        }
    }

    /** Has the latest snapshot applied again, even if it took. */
    public void requestApply() {
        lock.lock();
        try {
            noteDue();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the load balancer after the apply that runs, and ends the thread. Of this and {@link #handOver} the one that is
     * called first counts; calling again waits again.
     *
     * @param limit after this long the thread is interrupted; at once if the load balancer is still being opened
     * @param grace how long it is waited for then
     * @return whether the lane has ended; if not, then its thread is left to itself
     */
    public boolean close(Duration limit, Duration grace) throws InterruptedException {
        return end(LoadBalancer::close, limit, grace);
    }

    /** As {@link #close}, but has the load balancer leave its proxy to a successor. */
    public boolean handOver(Duration limit, Duration grace) throws InterruptedException {
        return end(LoadBalancer::handOver, limit, grace);
    }

    private boolean end(Consumer<LoadBalancer> way, Duration limit, Duration grace) throws InterruptedException {
        lock.lock();
        try {
            if (!closing) {
                closing = true;
                ending = way;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (thread.getState() == Thread.State.NEW) {
            return true;
        }
        if (opened.isDone() && thread.join(limit)) {
            return true;
        }
        thread.interrupt();
        return thread.join(grace);
    }

    private void noteDue() {
        lastWaiting = System.nanoTime();
        if (!due) {
            due = true;
            firstWaiting = lastWaiting;
        }
        changed.signalAll();
    }

    private void run() {
        LoadBalancer loadBalancer;
        try {
            loadBalancer = opening.open(this::requestApply);
        } catch (LoadBalancerUnavailableException e) {
            opened.complete(Optional.of(String.valueOf(e.getMessage())));
            return;
        } catch (InterruptedException e) {
            opened.complete(Optional.of("interrupted while it was being created"));
            return;
        } catch (RuntimeException e) {
            log.error("{}: could not be opened", name, e);
            opened.complete(Optional.of("could not be opened: " + e));
            return;
        }
        open = loadBalancer;
        opened.complete(Optional.empty());
        try {
            for (Optional<TopologySnapshot> next = next(); next.isPresent(); next = next()) {
                apply(loadBalancer, next.get());
            }
        } catch (InterruptedException e) {
            log.debug("{}: interrupted while closing", name);
        } finally {
            open = null;
            ending().accept(loadBalancer);
        }
    }

    private Consumer<LoadBalancer> ending() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    private void apply(LoadBalancer loadBalancer, TopologySnapshot snapshot) throws InterruptedException {
        long began = System.nanoTime();
        ApplyResult result = loadBalancer.apply(snapshot);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        lock.lock();
        try {
            lastActed = System.nanoTime();
            if (result instanceof Failed) {
                notBefore = lastActed + backoff.next().toNanos();
                noteDue();
            } else {
                backoff.reset();
            }
        } finally {
            lock.unlock();
        }
        listener.applied(name, snapshot, result, took);
    }

    /** Waits for something to apply; empty when the lane is to close. */
    private Optional<TopologySnapshot> next() throws InterruptedException {
        lock.lock();
        try {
            while (!closing) {
                TopologySnapshot candidate = wanted;
                if (!due || candidate == null) {
                    changed.await();
                    continue;
                }
                long pause = later(debounce.actAt(firstWaiting, lastWaiting, lastActed), notBefore) - System.nanoTime();
                if (pause <= 0) {
                    due = false;
                    return Optional.of(candidate);
                }
                long unused = changed.awaitNanos(pause);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    private static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }
}
