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
 * Containers of one name that are replaced one by one, as a rolling update does it but faster: one more is started, and as
 * soon as the engine says that it runs, the oldest is ended. Steps begin on time even if earlier ones are not over yet.
 */
public final class RollingContainerPool {

    private final Supplier<SampleContainer> starter;
    private final Consumer<SampleContainer> ender;
    private final Deque<SampleContainer> serving = new ArrayDeque<>();
    private final List<SampleContainer> all = new ArrayList<>();

    /** Starts with so many containers. */
    public RollingContainerPool(int size, Supplier<SampleContainer> starter, Consumer<SampleContainer> ender) {
        this.starter = starter;
        this.ender = ender;
        for (int i = 0; i < size; i++) {
            startOne();
        }
    }

    /** Those that have not been told to end, oldest first. */
    public synchronized List<SampleContainer> serving() {
        return List.copyOf(serving);
    }

    /** Rolls for so long, one step in each interval, and returns when the last step is over; says how many there were. */
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

    /** How often each id was executed, by all containers that ever were in the pool; their files tell. */
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
