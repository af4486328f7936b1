package io.interlock.app.docker.watch;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.EngineClient;
import io.interlock.app.docker.client.EngineEvent;
import io.interlock.app.docker.client.TaskProvider;
import io.interlock.app.docker.watch.ContainerTracker.InspectOrder;
import io.interlock.app.inventory.NetworkLocation;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to an engine, from the subscription to its loss. Passes events, lists and inspects between the engine
 * and the tracker. One thread reads events, one sends pings, each inspect has its own, and the caller's thread waits
 * for due actions. A lock ensures that the tracker is called by one thread at a time, and not after the end.
 */
public final class WatchSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("engine");
    private static final Duration NO_LIMIT = Duration.ofDays(1);

    private final String engineId;
    private final EngineConnection connection;
    private final ContainerTracker tracker;
    private final EngineWatchParameters settings;
    private final EngineWatchCounters counters;
    private final NetworkLocationSource vantages;
    private final Clock clock;
    private final ExecutorService threads;

    private final TaskProvider.Listener tasks = new TaskProvider.Listener() {
        @Override
        public void changed(Collection<String> containers) {
            within(() -> containers.forEach(WatchSession.this::taskChanged));
        }

        @Override
        public void outdated() {
            within(tracker::outdated);
        }

        @Override
        public void failed(IOException reason) {
            within(() -> fail(reason));
        }
    };

    private final LocationTracker location = new LocationTracker();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private EngineClient.@Nullable EventSubscription events;
    private @Nullable IOException failure;
    private boolean ended;

    WatchSession(
            String engineId,
            EngineConnection connection,
            ContainerTracker tracker,
            EngineWatchParameters settings,
            EngineWatchCounters counters,
            NetworkLocationSource vantages,
            Clock clock) {
        this.engineId = engineId;
        this.connection = connection;
        this.tracker = tracker;
        this.settings = settings;
        this.counters = counters;
        this.vantages = vantages;
        this.clock = clock;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("engine-" + engineId + "-", 0).factory());
    }

    /**
     * Finds the network location of Interlock: at each connection, and when Interlock's own container changes its
     * networks.
     */
    public interface NetworkLocationSource {
        NetworkLocation find(EngineConnection connection) throws IOException;
    }

    /** Subscribes, lists and inspects. On return, the inventory has all containers of the engine. */
    void open() throws IOException, InterruptedException {
        within(tracker::connecting);
        threads.execute(this::ping);
        resync();
        NetworkLocation found = vantages.find(connection);
        await(tracker::isComplete, NO_LIMIT);
        publish(found);
    }

    private void publish(NetworkLocation found) {
        within(() -> {
            if (location.detected(found)) {
                tracker.publish(clock.instant(), found);
            }
        });
    }

    private void detectAgain() {
        try {
            publish(vantages.find(connection));
        } catch (IOException | RuntimeException failed) {
            within(() -> fail(failed));
        }
    }

    private void guessAgain() {
        if (location.beginsGuess()) {
            threads.execute(this::detectAgain);
        }
    }

    /** Follows events. Returns when a resync is needed, or after the given time. */
    void follow(Duration time) throws IOException, InterruptedException {
        await(tracker::needsResync, time);
    }

    /** Subscribes again and lists. The new subscription limits the effect of one that ended unnoticed. */
    void resync() throws IOException {
        EngineClient.EventSubscription fresh = connection.engine().subscribe();
        EngineClient.EventSubscription old = events;
        within(() -> {
            events = fresh;
            tracker.listing();
        });
        threads.execute(() -> read(fresh));
        if (old != null) {
            old.close();
        }
        Set<String> running = connection.list(tasks);
        counters.resync();
        within(() -> {
            tracker.listed(running);
            guessAgain();
        });
    }

    private void read(EngineClient.EventSubscription stream) {
        try {
            while (!Thread.interrupted()) {
                EngineEvent event = stream.next();
                within(() -> {
                    counters.event();
                    tracker.onEvent(event, System.nanoTime());
                    if (event.kind() == EngineEvent.Kind.NODE && connection.awaitsSwarm()) {
                        tracker.outdated();
                    }
                    if (location.dependsOn(event)) {
                        threads.execute(this::detectAgain);
                    }
                });
            }
        } catch (IOException | RuntimeException broken) {
            within(() -> {
                if (stream.equals(events)) {
                    fail(broken);
                }
            });
        }
    }

    private void taskChanged(String container) {
        counters.event();
        tracker.onEvent(new EngineEvent(EngineEvent.Kind.CHANGED, container, Instant.EPOCH, ""), System.nanoTime());
    }

    private void ping() {
        int misses = 0;
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(settings.pingInterval().toNanos());
                try {
                    connection.engine().ping();
                    misses = 0;
                } catch (IOException missed) {
                    misses++;
                    if (misses >= settings.pingMisses()) {
                        within(() -> fail(missed));
                        return;
                    }
                }
            }
        } catch (InterruptedException atTheEnd) {
            Thread.currentThread().interrupt();
        }
    }

    private void inspect(InspectOrder order) {
        String id = order.ticket().containerId();
        try {
            Optional<ContainerInspection> answer = connection.inspect(id);
            if (answer.isPresent() && !answer.get().facts().key().containerId().equals(id)) {
                throw new IOException("inspect " + id + ": the answer is about another container");
            }
            within(() -> {
                tracker.inspected(order, answer, System.nanoTime());
                if (answer.filter(ContainerInspection::showsInterface).isPresent()) {
                    guessAgain();
                }
            });
        } catch (IOException | RuntimeException failed) {
            within(() -> {
                if (tracker.failed(order, System.nanoTime())) {
                    log.warn(
                            "engine {}: a container cannot be inspected, attempts continue: {}",
                            engineId,
                            ErrorMessages.reason(failed));
                }
            });
        }
    }

    private void await(BooleanSupplier done, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                if (failure != null) {
                    throw failure;
                }
                long now = System.nanoTime();
                tracker.tick(now);
                startInspects();
                if (done.getAsBoolean() || now - deadline >= 0) {
                    return;
                }
                OptionalLong due = tracker.nextDue();
                long wait = Math.min(deadline - now, due.isPresent() ? due.getAsLong() - now : Long.MAX_VALUE);
                changed.awaitNanos(wait);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs an action on the tracker and starts the inspects that follow from it. Does nothing after the end. */
    private void within(Runnable action) {
        lock.lock();
        try {
            if (!ended) {
                action.run();
                startInspects();
                changed.signalAll();
            }
        } catch (RuntimeException defect) {
            // The tracker may be inconsistent now, so a new connection starts over.
            log.error("engine {}: internal error; reconnecting", engineId, defect);
            fail(defect);
        } finally {
            lock.unlock();
        }
    }

    private void startInspects() {
        for (Optional<InspectOrder> order = tracker.next(); order.isPresent(); order = tracker.next()) {
            InspectOrder next = order.get();
            counters.inspect(next.ticket().cause());
            threads.execute(() -> inspect(next));
        }
    }

    private void fail(Exception reason) {
        if (failure == null) {
            failure = reason instanceof IOException io ? io : new IOException(ErrorMessages.reason(reason), reason);
        }
        changed.signalAll();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            ended = true;
        } finally {
            lock.unlock();
        }
        if (events != null) {
            events.close();
        }
        threads.shutdownNow();
    }
}
