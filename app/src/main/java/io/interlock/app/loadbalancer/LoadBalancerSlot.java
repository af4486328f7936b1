package io.interlock.app.loadbalancer;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.app.plugin.LoadBalancerPlugin;
import io.interlock.app.plugin.PluginConsumer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages the load balancer of one plugin, of which one serves at a time. Opens, replaces and ends load balancers on a
 * thread of its own; of several requests in the meantime the last counts.
 */
final class LoadBalancerSlot {

    private static final Logger log = LoggerFactory.getLogger("loadbalancer");
    private static final String UNENDED = "did not end in time; something of it may be left running";

    private final String pluginId;
    private final LoadBalancerEnvironment environment;
    private final PluginConsumer.StateListener events;
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private final Thread thread;
    private boolean tookOver;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // The fields below are guarded by the lock.
    private @Nullable LoadBalancerPlugin asked;
    private boolean toEnd;
    private boolean closing;
    private @Nullable LoadBalancerInstance serving;

    LoadBalancerSlot(String pluginId, LoadBalancerEnvironment environment, PluginConsumer.StateListener events) {
        this.pluginId = pluginId;
        this.environment = environment;
        this.events = events;
        this.thread = Thread.ofVirtual().name("slot-" + pluginId).start(this::run);
    }

    /** Requests that this load balancer is used. */
    void use(LoadBalancerPlugin loadBalancer) {
        Optional<LoadBalancerPlugin> superseded;
        lock.lock();
        try {
            superseded = Optional.ofNullable(asked);
            asked = loadBalancer;
            toEnd = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        superseded.ifPresent(this::drop);
    }

    /** Requests that no load balancer is used. */
    void end() {
        Optional<LoadBalancerPlugin> superseded;
        lock.lock();
        try {
            superseded = Optional.ofNullable(asked);
            asked = null;
            toEnd = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        superseded.ifPresent(this::drop);
    }

    /** Completes when the first load balancer is open or cannot be opened, with whether it is open. */
    CompletableFuture<Boolean> settled() {
        return settled;
    }

    /** Ends the serving load balancer, whatever else is in progress; returns when it has ended or was abandoned. */
    void close() throws InterruptedException {
        lock.lock();
        try {
            closing = true;
            // Within the lock: a thread that sees {@code closing} has already been interrupted, and is not interrupted
            // again.
            thread.interrupt();
        } finally {
            lock.unlock();
        }
        thread.join();
    }

    private void run() {
        try {
            while (true) {
                step();
            }
        } catch (InterruptedException e) {
            log.debug("{}: the slot closes", pluginId);
        }
        boolean unused = Thread.interrupted();
        try {
            Optional<LoadBalancerInstance> last = takeServing();
            if (last.isPresent() && tookOver) {
                // A successor knows what its predecessor left running only after its first apply.
                last.get().awaitFirstApply();
            }
            end(last);
        } catch (InterruptedException e) {
            log.error("{}: {}", pluginId, UNENDED);
        }
        settled.complete(false);
    }

    private void step() throws InterruptedException {
        LoadBalancerPlugin next;
        lock.lockInterruptibly();
        try {
            while (asked == null && !toEnd && !closing) {
                changed.await();
            }
            if (closing) {
                throw new InterruptedException("closing");
            }
            next = asked;
            asked = null;
            toEnd = false;
        } finally {
            lock.unlock();
        }
        if (next == null) {
            end(takeServing());
        } else {
            settled.complete(use(next, current()));
        }
    }

    /** Replaces the former load balancer, if any; returns whether this or the former one is open. */
    private boolean use(LoadBalancerPlugin loadBalancer, Optional<LoadBalancerInstance> former)
            throws InterruptedException {
        events.opening(loadBalancer);
        LoadBalancerInstance next = LoadBalancerInstance.start(loadBalancer, environment);
        Optional<String> unusable;
        try {
            unusable = next.opened();
        } catch (InterruptedException e) {
            release(loadBalancer, next.loop().close());
            throw e;
        }
        if (unusable.isPresent()) {
            refuse(next, unusable.get());
            former.ifPresent(this::tellPort);
            return former.isPresent();
        }
        if (former.isEmpty()) {
            serve(next);
            events.running(loadBalancer);
            return true;
        }
        return replace(former.get(), next);
    }

    private boolean replace(LoadBalancerInstance former, LoadBalancerInstance next) throws InterruptedException {
        boolean worked = former.loop().serves();
        boolean ended = handOver(former, next);
        Optional<String> unproven = worked ? next.proven() : Optional.empty();
        if (unproven.isEmpty()) {
            log.info(
                    "{}: version {} takes over from version {}{}",
                    pluginId,
                    version(next),
                    version(former),
                    isOfSameVersion(next, former) ? ", with another configuration" : "");
            events.running(next.plugged());
            release(former.plugged(), ended);
            return true;
        }
        boolean gone = next.loop().handOver();
        LoadBalancerInstance again = LoadBalancerInstance.start(former.plugged(), environment);
        serve(again);
        events.unusable(
                next.plugged(),
                "was tried" + (isOfSameVersion(next, former) ? " with another configuration" : "")
                        + ", and the version before came back: it does not serve: " + unproven.get());
        tellPort(former);
        release(next.plugged(), gone);
        Optional<String> lost = again.opened();
        lost.ifPresent(why -> {
            Optional<LoadBalancerInstance> unused = takeServing();
        });
        if (lost.isPresent()) {
            refuse(again, lost.get());
        }
        return lost.isEmpty();
    }

    /** The observers know the port of the load balancer that was tried. */
    private void tellPort(LoadBalancerInstance instance) {
        environment
                .observers()
                .forEach(observer ->
                        observer.opening(pluginId, instance.plugged().port()));
    }

    /** Completes even when interrupted, because a proxy would otherwise serve that nothing ends. */
    private boolean handOver(LoadBalancerInstance former, LoadBalancerInstance next) throws InterruptedException {
        try {
            return former.loop().handOver();
        } catch (InterruptedException e) {
            boolean unused = former.loop().handOver();
            throw e;
        } finally {
            tookOver = true;
            serve(next);
        }
    }

    private void refuse(LoadBalancerInstance instance, String reason) throws InterruptedException {
        events.unusable(instance.plugged(), "cannot be used: " + reason);
        release(instance.plugged(), instance.loop().close());
    }

    private void end(Optional<LoadBalancerInstance> instance) throws InterruptedException {
        if (instance.isPresent()) {
            release(instance.get().plugged(), instance.get().loop().close());
        }
    }

    private void serve(LoadBalancerInstance instance) {
        lock.lock();
        try {
            if (serving != null) {
                environment.topology().unfollow(serving.loop());
            }
            serving = instance;
            environment.topology().follow(instance.loop());
        } finally {
            lock.unlock();
        }
    }

    private Optional<LoadBalancerInstance> current() {
        lock.lock();
        try {
            return Optional.ofNullable(serving);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the serving load balancer, for calls that may come from any thread. */
    Optional<LoadBalancer> loadBalancer() {
        return current().flatMap(instance -> instance.loop().loadBalancer());
    }

    private Optional<LoadBalancerInstance> takeServing() {
        lock.lock();
        try {
            Optional<LoadBalancerInstance> taken = Optional.ofNullable(serving);
            taken.ifPresent(instance -> environment.topology().unfollow(instance.loop()));
            serving = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Releases a load balancer that was never opened. */
    private void drop(LoadBalancerPlugin superseded) {
        try {
            release(superseded, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(LoadBalancerPlugin loadBalancer, boolean ended) throws InterruptedException {
        Duration grace = environment.limits().grace();
        Optional<String> leftover = loadBalancer.release(grace);
        if (!ended) {
            leftover =
                    Optional.of(UNENDED + leftover.map(what -> "; it " + what).orElse(""));
        }
        events.released(loadBalancer, leftover);
    }

    private static boolean isOfSameVersion(LoadBalancerInstance one, LoadBalancerInstance other) {
        return version(one).equals(version(other));
    }

    private static String version(LoadBalancerInstance instance) {
        return instance.plugged().version();
    }
}
