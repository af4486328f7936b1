package io.interlock.testsupport.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Pool of containers for one host name that are replaced one by one, like a rolling update but faster: a container is
 * started, and as soon as the engine reports that it runs, the oldest is ended. Steps begin on time even if earlier
 * steps are not finished.
 */
public final class RollingContainerPool {

    private final Supplier<SampleContainer> starter;
    private final Consumer<SampleContainer> ender;
    private final Deque<SampleContainer> serving = new ArrayDeque<>();
    private final List<SampleContainer> all = new ArrayList<>();

    /** Starts this many containers. */
    public RollingContainerPool(int size, Supplier<SampleContainer> starter, Consumer<SampleContainer> ender) {
        this.starter = starter;
        this.ender = ender;
        for (int i = 0; i < size; i++) {
            startOne();
        }
    }

    /** Returns the containers that have not been asked to end, oldest first. */
    public synchronized List<SampleContainer> serving() {
        return List.copyOf(serving);
    }

    /**
     * Replaces containers for this duration, one in each interval. Returns after the last step, with the number of
     * steps.
     */
    public int roll(Duration duration, Duration interval) throws InterruptedException {
        long steps = duration.dividedBy(interval);
        long began = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < steps; i++) {
                long due = began + i * interval.toNanos();
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                running.add(executor.submit(this::step));
            }
        }
        for (Future<?> step : running) {
            try {
                step.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a step of the roll failed", e.getCause());
            }
        }
        return running.size();
    }

    /**
     * Returns how often each id was executed by all containers that were ever in the pool, according to their files.
     */
    public Map<String, Integer> executions() throws IOException {
        Map<String, Integer> executions = new HashMap<>();
        for (SampleContainer container : all) {
            container.file("/executed").lines().forEach(id -> executions.merge(id, 1, Integer::sum));
        }
        return executions;
    }

    private void step() {
        startOne();
        ender.accept(takeOldest());
    }

    private void startOne() {
        SampleContainer container = starter.get();
        synchronized (this) {
            serving.add(container);
            all.add(container);
        }
    }

    private synchronized SampleContainer takeOldest() {
        return serving.remove();
    }
}
