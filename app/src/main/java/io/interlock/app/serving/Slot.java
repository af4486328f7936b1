package io.interlock.app.serving;

import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.app.plugin.PluggedLoadBalancer;
import io.interlock.app.plugin.PluginUsers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one plugin: one load balancer of it serves at a time. Opens, replaces and ends them on a thread of its own;
 * of several that are asked for meanwhile the last counts.
 */
final class Slot {

    private static final Logger log = LoggerFactory.getLogger(Slot.class);
    private static final String UNENDED = "did not end in time; something of it may be left running";

    private final String pluginId;
    private final Surroundings surroundings;
    private final PluginUsers.Events events;
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private final Thread thread;
    private boolean tookOver;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by the lock.
    private @Nullable PluggedLoadBalancer asked;
    private boolean toEnd;
    private boolean closing;
    private @Nullable TopologySnapshot latest;
    private @Nullable Instance serving;

    Slot(String pluginId, Surroundings surroundings, PluginUsers.Events events) {
        this.pluginId = pluginId;
        this.surroundings = surroundings;
        this.events = events;
        this.thread = Thread.ofVirtual().name("slot-" + pluginId).start(this::run);
    }

    /** Asks for a load balancer. */
    void use(PluggedLoadBalancer loadBalancer) {
        Optional<PluggedLoadBalancer> superseded;
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

    /** Asks for none. */
    void end() {
        Optional<PluggedLoadBalancer> superseded;
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

    /** Says what is to be served from now on. */
    void offer(TopologySnapshot snapshot) {
        lock.lock();
        try {
            latest = snapshot;
            if (serving != null) {
                serving.offer(snapshot);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes when the first load balancer is open, or cannot be opened: with whether one is. */
    CompletableFuture<Boolean> settled() {
        return settled;
    }

    /** Ends what serves, whatever else is going on; returns when it has ended, or been given up. */
    void close() throws InterruptedException {
        lock.lock();
        try {
            closing = true;
            // Within the lock: whoever sees that it closes has been interrupted already, and will not be again.
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
            Optional<Instance> last = takeServing();
            if (last.isPresent() && tookOver) {
                // Whatever was left to it, it knows of only then.
                last.get().awaitFirst();
            }
            end(last);
        } catch (InterruptedException e) {
            log.error("{}: {}", pluginId, UNENDED);
        }
        settled.complete(false);
    }

    private void step() throws InterruptedException {
        PluggedLoadBalancer next;
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

    /** Whether it, or what served before, is open. */
    private boolean use(PluggedLoadBalancer loadBalancer, Optional<Instance> former) throws InterruptedException {
        events.opening(loadBalancer);
        Instance next = Instance.start(loadBalancer, surroundings);
        Optional<String> unusable;
        try {
            unusable = next.opened();
        } catch (InterruptedException e) {
            release(loadBalancer, next.close());
            throw e;
        }
        if (unusable.isPresent()) {
            refuse(next, unusable.get());
            return former.isPresent();
        }
        if (former.isEmpty()) {
            serve(next);
            events.running(loadBalancer);
            return true;
        }
        return replace(former.get(), next);
    }

    private boolean replace(Instance former, Instance next) throws InterruptedException {
        boolean worked = former.works();
        boolean ended = handOver(former, next);
        Optional<String> unproven = worked ? next.proven() : Optional.empty();
        if (unproven.isEmpty()) {
            log.info("{}: version {} takes over from version {}", pluginId, version(next), version(former));
            events.running(next.plugged());
            release(former.plugged(), ended);
            return true;
        }
        boolean gone = next.handOver();
        Instance again = Instance.start(former.plugged(), surroundings);
        serve(again);
        events.unusable(
                next.plugged(), "was tried, and the version before came back: it does not serve: " + unproven.get());
        release(next.plugged(), gone);
        Optional<String> lost = again.opened();
        lost.ifPresent(why -> {
            Optional<Instance> unused = takeServing();
        });
        if (lost.isPresent()) {
            refuse(again, lost.get());
        }
        return lost.isEmpty();
    }

    /** Not to be left half done: a proxy would serve that nobody ends. */
    private boolean handOver(Instance former, Instance next) throws InterruptedException {
        try {
            return former.handOver();
        } catch (InterruptedException e) {
            boolean unused = former.handOver();
            throw e;
        } finally {
            tookOver = true;
            serve(next);
        }
    }

    private void refuse(Instance instance, String reason) throws InterruptedException {
        events.unusable(instance.plugged(), "cannot be used: " + reason);
        release(instance.plugged(), instance.close());
    }

    private void end(Optional<Instance> instance) throws InterruptedException {
        if (instance.isPresent()) {
            release(instance.get().plugged(), instance.get().close());
        }
    }

    private void serve(Instance instance) {
        lock.lock();
        try {
            serving = instance;
            if (latest != null) {
                instance.offer(latest);
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Instance> current() {
        lock.lock();
        try {
            return Optional.ofNullable(serving);
        } finally {
            lock.unlock();
        }
    }

    /** What serves, for calls that may come from any thread. */
    Optional<LoadBalancer> open() {
        return current().flatMap(Instance::open);
    }

    private Optional<Instance> takeServing() {
        lock.lock();
        try {
            Optional<Instance> taken = Optional.ofNullable(serving);
            serving = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Gives up what was never opened. */
    private void drop(PluggedLoadBalancer superseded) {
        try {
            release(superseded, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void release(PluggedLoadBalancer loadBalancer, boolean ended) throws InterruptedException {
        Duration grace = surroundings.limits().grace();
        Optional<String> leftover = loadBalancer.release(grace);
        if (!ended) {
            leftover =
                    Optional.of(UNENDED + leftover.map(what -> "; it " + what).orElse(""));
        }
        events.released(loadBalancer, leftover);
    }

    private static String version(Instance instance) {
        return instance.plugged().version();
    }
}
