package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.ApplyResult;
import io.interlock.api.loadbalancer.ApplyResult.Failed;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.loadbalancer.LoadBalancerUnavailableException;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.plugin.guard.PluginTimeLimits;
import io.interlock.util.ErrorMessages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread of a load balancer, from its creation to its close. Applies the latest snapshot; snapshots in between may be
 * skipped, the last never. A failed apply is tried again with growing pauses, until it succeeds or is rejected, or
 * until a later snapshot arrives.
 *
 * <p>All methods may be called from any thread; only {@link #close} and {@link #handOver} block.
 */
public final class ApplyLoop {

    private static final Logger log = LoggerFactory.getLogger("loadbalancer");

    private final String pluginId;
    private final Opening opening;
    private final List<LoadBalancerObserver> observers;
    private final PluginTimeLimits limits;
    private final CompletableFuture<Optional<String>> opened = new CompletableFuture<>();
    private final CompletableFuture<Optional<String>> firstApply = new CompletableFuture<>();
    private final Thread thread;
    private volatile @Nullable LoadBalancer loadBalancer;
    private volatile boolean serves;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The fields below are guarded by the lock.
    private final ApplySchedule schedule;
    private @Nullable TopologySnapshot latest;
    private boolean closing;
    private Consumer<LoadBalancer> ending = LoadBalancer::close;

    /** Creates the load balancer of a loop, on the loop's thread. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Opens the load balancer.
         *
         * @param requestApply called by the load balancer to have the latest snapshot applied again
         */
        LoadBalancer open(Runnable requestApply) throws LoadBalancerUnavailableException, InterruptedException;
    }

    /**
     * Creates a loop that is not started.
     *
     * @param pluginId the plugin of the load balancer; also in log and thread name
     * @param observers receive each apply, on the loop's thread
     * @param limits time limits for the end of the loop
     */
    public ApplyLoop(
            String pluginId,
            Opening opening,
            ApplyDebounce debounce,
            List<LoadBalancerObserver> observers,
            PluginTimeLimits limits) {
        this.pluginId = pluginId;
        this.opening = opening;
        this.schedule = new ApplySchedule(debounce, System.nanoTime());
        this.observers = List.copyOf(observers);
        this.limits = limits;
        this.thread = Thread.ofPlatform().daemon().name("apply-" + pluginId).unstarted(this::run);
    }

    /** Starts the thread, which first opens the load balancer. */
    public void start() {
        thread.start();
    }

    /** Completes when the load balancer is open, or with the reason why it cannot be opened. */
    public CompletableFuture<Optional<String>> opened() {
        return opened.copy();
    }

    /** Completes after the first apply: empty if it succeeded, or with the reason why it failed. */
    public CompletableFuture<Optional<String>> firstApply() {
        return firstApply.copy();
    }

    /** Whether the latest apply succeeded. */
    public boolean serves() {
        return serves;
    }

    /** The load balancer while it is open, for calls that may come from any thread. */
    public Optional<LoadBalancer> loadBalancer() {
        return Optional.ofNullable(loadBalancer);
    }

    /** Sets the snapshot that must be served from now on. */
    public void offer(TopologySnapshot snapshot) {
        lock.lock();
        try {
            latest = snapshot;
            schedule.changed(System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Has the latest snapshot applied again, even if it succeeded. */
    public void requestApply() {
        lock.lock();
        try {
            schedule.request(System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes the load balancer after the current apply, and ends the thread. The first call of this method or
     * {@link #handOver} decides; a further call waits again. The thread is interrupted after the time limit, or at once
     * if the load balancer is still being opened.
     *
     * @return whether the loop has ended; if not, its thread is abandoned
     */
    public boolean close() throws InterruptedException {
        return end(LoadBalancer::close);
    }

    /** Ends the loop like {@link #close}, but has the load balancer leave its proxy to a successor. */
    public boolean handOver() throws InterruptedException {
        return end(LoadBalancer::handOver);
    }

    private boolean end(Consumer<LoadBalancer> way) throws InterruptedException {
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
        if (opened.isDone() && thread.join(limits.close())) {
            return true;
        }
        thread.interrupt();
        return thread.join(limits.grace());
    }

    private void run() {
        Optional<LoadBalancer> open = open();
        if (open.isEmpty()) {
            return;
        }
        loadBalancer = open.get();
        opened.complete(Optional.empty());
        try {
            for (Optional<TopologySnapshot> next = next(); next.isPresent(); next = next()) {
                apply(open.get(), next.get());
            }
        } catch (InterruptedException e) {
            log.debug("{}: interrupted while closing", pluginId);
        } finally {
            loadBalancer = null;
            ending().accept(open.get());
        }
    }

    private Optional<LoadBalancer> open() {
        try {
            return Optional.of(opening.open(this::requestApply));
        } catch (LoadBalancerUnavailableException e) {
            opened.complete(Optional.of(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            opened.complete(Optional.of("interrupted while it was being created"));
        } catch (RuntimeException e) {
            log.error("{}: could not be opened", pluginId, e);
            opened.complete(Optional.of("could not be opened: " + ErrorMessages.reason(e)));
        }
        return Optional.empty();
    }

    private Consumer<LoadBalancer> ending() {
        lock.lock();
        try {
            return ending;
        } finally {
            lock.unlock();
        }
    }

    private void apply(LoadBalancer open, TopologySnapshot snapshot) throws InterruptedException {
        long began = System.nanoTime();
        ApplyResult result = open.apply(snapshot);
        long ended = System.nanoTime();
        lock.lock();
        try {
            schedule.end(ended, result instanceof Failed);
        } finally {
            lock.unlock();
        }
        Optional<String> failure = failure(result);
        serves = failure.isEmpty();
        firstApply.complete(failure);
        observers.forEach(observer ->
                observer.applied(pluginId, snapshot, withoutCause(result), Duration.ofNanos(ended - began)));
    }

    private static Optional<String> failure(ApplyResult result) {
        return switch (result) {
            case ApplyResult.Applied applied -> Optional.empty();
            case ApplyResult.Unchanged unchanged -> Optional.empty();
            case ApplyResult.Rejected rejected -> Optional.of(rejected.reason());
            case Failed failed -> Optional.of(failed.reason());
        };
    }

    /** Removes the cause, so that an observer that keeps the result does not keep the plugin's classes. */
    private ApplyResult withoutCause(ApplyResult result) {
        if (result instanceof Failed failed) {
            failed.cause().ifPresent(cause -> log.debug("{}: the apply failed", pluginId, cause));
            return new Failed(failed.reason());
        }
        return result;
    }

    /** Waits for a snapshot to apply; empty when the loop closes. */
    private Optional<TopologySnapshot> next() throws InterruptedException {
        lock.lock();
        try {
            while (!closing) {
                TopologySnapshot snapshot = latest;
                OptionalLong due = schedule.due();
                if (snapshot == null || due.isEmpty()) {
                    changed.await();
                    continue;
                }
                long pause = due.getAsLong() - System.nanoTime();
                if (pause <= 0) {
                    schedule.begin();
                    return Optional.of(snapshot);
                }
                long unused = changed.awaitNanos(pause);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
