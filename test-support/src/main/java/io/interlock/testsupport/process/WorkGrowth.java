package io.interlock.testsupport.process;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * How the work of one thread grows when its input has four times the size: linear work by 4, quadratic work by 16. It
 * counts the processor time of the thread, the least of several rounds, and the bytes that it allocates. Other programs
 * on the machine change neither, apart from the caches.
 *
 * @param time factor of the processor time
 * @param allocation factor of the allocated bytes
 */
public record WorkGrowth(double time, double allocation) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FACTOR = 4;
    private static final int ROUNDS = 3;
    private static final int ATTEMPTS = 4;
    private static final long LEAST_NANOS = 5_000_000;
    private static final int MOST_REPETITIONS = 10;

    /** Halfway between linear and quadratic growth; n log n is 5 at most. */
    private static final double MOST = 8;

    private record Work(long nanos, long bytes) {}

    /**
     * Measures until the growth is clearly less than quadratic, a few times at most.
     *
     * @param inputs the work for an input of this size, which can be done again and again
     * @param size the smaller size
     */
    public static WorkGrowth of(IntFunction<Callable<?>> inputs, int size) throws Exception {
        Callable<?> small = inputs.apply(size);
        Callable<?> large = inputs.apply(size * FACTOR);
        WorkGrowth growth = measure(small, large);
        for (int attempt = 1; attempt < ATTEMPTS && !growth.isLessThanQuadratic(); attempt++) {
            growth = measure(small, large);
        }
        return growth;
    }

    public boolean isLessThanQuadratic() {
        return time < MOST && allocation < MOST;
    }

    /** So that short work is measured for as long as the clock and the compiler need. */
    private static int repetitions(Callable<?> work) throws Exception {
        return Math.clamp(LEAST_NANOS / Math.max(1, work(work, 1).nanos()), 1, MOST_REPETITIONS);
    }

    private static WorkGrowth measure(Callable<?> small, Callable<?> large) throws Exception {
        Work[] ofSmall = new Work[ROUNDS];
        Work[] ofLarge = new Work[ROUNDS];
        int repetitions = repetitions(large);
        for (int round = 0; round < ROUNDS; round++) {
            // As much work for both if it is linear, so that what does not depend on the input weighs the same.
            ofSmall[round] = work(small, FACTOR * repetitions);
            ofLarge[round] = work(large, repetitions);
        }
        return new WorkGrowth(
                FACTOR
                        * ratio(
                                Arrays.stream(ofLarge).mapToLong(Work::nanos),
                                Arrays.stream(ofSmall).mapToLong(Work::nanos)),
                FACTOR
                        * ratio(
                                Arrays.stream(ofLarge).mapToLong(Work::bytes),
                                Arrays.stream(ofSmall).mapToLong(Work::bytes)));
    }

    private static double ratio(LongStream large, LongStream small) {
        return (double) large.min().orElseThrow() / Math.max(1, small.min().orElseThrow());
    }

    private static Work work(Callable<?> work, int times) throws Exception {
        long thread = Thread.currentThread().threadId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long nanos = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.call();
        }
        return new Work(THREADS.getCurrentThreadCpuTime() - nanos, THREADS.getThreadAllocatedBytes(thread) - bytes);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "4 times the input: %.1f times the time, %.1f times the memory", time, allocation);
    }
}
