package io.interlock.app.docker.swarm;

import io.interlock.app.docker.client.ContainerInspection;
import io.interlock.app.docker.client.TaskProvider;
import io.interlock.util.ErrorMessages;
import io.interlock.util.ExponentialBackoff;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the swarm of a managing engine, by its events and by polls of its tasks. One thread reads events, another one
 * polls. If the swarm does not answer, the state that was seen last stays and the watcher tries again, unless only
 * tasks are of interest.
 */
final class SwarmWatcher implements TaskProvider {

    private static final Logger log = LoggerFactory.getLogger("engine");
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int CAPACITY = 1024;

    private final String engineId;
    private final SwarmEngineClient client;
    private final SwarmApi swarm;
    private final Settings settings;
    private final Listener listener;
    private final ExponentialBackoff backoff =
            new ExponentialBackoff(PAUSE, LONGEST_PAUSE, RandomGenerator.getDefault());
    private final SwarmChangeQueue changes = new SwarmChangeQueue(CAPACITY);
    private final ExecutorService threads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    /** Number of requested lists, and how many of them are answered. */
    private long requested;

    private long answered;
    private int waiting;
    /** Whether the swarm was listed while no caller waited for the list. */
    private boolean unclaimed;

    private boolean started;
    /** Whether a failure has ended the watch. */
    private boolean hasEnded;

    /** Number of failures in a row. */
    private int failures;

    private @Nullable IOException failure;

    /**
     * Settings of the watch.
     *
     * @param tasksOnly whether only tasks are of interest: then a failure ends the watch
     * @param patience how long polls may fail before the swarm counts as lost
     */
    record Settings(boolean tasksOnly, Duration patience) {}

    SwarmWatcher(String engineId, SwarmEngineClient client, SwarmApi swarm, Settings settings, Listener listener) {
        this.engineId = engineId;
        this.client = client;
        this.swarm = swarm;
        this.settings = settings;
        this.listener = listener;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("swarm-" + engineId + "-", 0).factory());
    }

    @Override
    public Set<String> list(Duration limit) throws IOException {
        lock.lock();
        try {
            if (unclaimed) {
                unclaimed = false;
                return client.containers();
            }
            requested++;
            failure = hasEnded ? failure : null;
            if (!started) {
                started = true;
                threads.execute(this::run);
            }
            changes.wake();
            await(requested, limit.toNanos());
            if (settings.tasksOnly() && answered < requested) {
                throw failure == null ? new IOException("the watch of the swarm was ended") : failure;
            }
            return client.containers();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("list tasks: interrupted").initCause(end);
        } finally {
            lock.unlock();
        }
    }

    private void await(long request, long nanos) throws InterruptedException {
        long left = nanos;
        waiting++;
        try {
            while (answered < request && !isHopeless() && left > 0 && !threads.isShutdown()) {
                if (settings.tasksOnly()) {
                    progress.await();
                } else {
                    left = progress.awaitNanos(left);
                }
            }
        } finally {
            waiting--;
        }
    }

    /** Whether to stop waiting after a failure. Only a caller without earlier data waits for the next attempt. */
    private boolean isHopeless() {
        return failure != null && (settings.tasksOnly() || !client.containers().isEmpty());
    }

    @Override
    public Optional<ContainerInspection> inspect(String container) throws IOException {
        return client.inspect(container);
    }

    private void run() {
        try {
            while (!threads.isShutdown()) {
                try {
                    follow();
                } catch (IOException | RuntimeException failed) {
                    if (!isToContinue(failed)) {
                        return;
                    }
                    changes.pause(backoff.next().toNanos());
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isToContinue(Exception reason) {
        if (threads.isShutdown()) {
            return false;
        }
        IOException failed =
                reason instanceof IOException io ? io : new IOException(ErrorMessages.reason(reason), reason);
        client.unavailable();
        client.takeUndecided();
        lock.lock();
        try {
            failure = failed;
            hasEnded = settings.tasksOnly();
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        if (settings.tasksOnly()) {
            listener.failed(failed);
            return false;
        }
        failures++;
        // The first failure is often the loss of the connection to the engine, which another message reports.
        if (failures == 2) {
            log.warn(
                    "engine {}: its swarm cannot be asked, attempts continue; tasks stay as last seen,"
                            + " the engine's own containers are followed: {}",
                    engineId,
                    ErrorMessages.reason(failed));
        }
        return true;
    }

    /** Subscribes, lists and polls. Returns when everything must start again. */
    private void follow() throws IOException, InterruptedException {
        long request = request();
        try (SwarmApi.ChangeSubscription told = swarm.subscribe()) {
            changes.begin(told);
            threads.execute(() -> read(told));
            client.refresh();
            refreshed(request);
            new SwarmTaskPoller(client, changes, listener).poll(this::isAsked, settings.patience());
        }
    }

    private long request() {
        lock.lock();
        try {
            return requested;
        } finally {
            lock.unlock();
        }
    }

    private boolean isAsked() {
        lock.lock();
        try {
            return answered < requested;
        } finally {
            lock.unlock();
        }
    }

    private void refreshed(long request) {
        backoff.reset();
        failures = 0;
        boolean isAwaited;
        lock.lock();
        try {
            answered = request;
            failure = null;
            isAwaited = waiting > 0;
            unclaimed = !isAwaited;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
        if (isAwaited) {
            listener.changed(client.takeUndecided());
        } else {
            listener.outdated();
        }
    }

    private void read(SwarmApi.ChangeSubscription told) {
        try {
            while (true) {
                changes.add(told, told.next());
            }
        } catch (IOException ended) {
            changes.fail(told, ended);
        } catch (RuntimeException defect) {
            changes.fail(told, new IOException(ErrorMessages.reason(defect), defect));
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        lock.lock();
        try {
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
