package io.interlock.app.plugin.guard;

import io.interlock.util.CountText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Threads that a plugin did not end. Virtual threads cannot be found. */
public final class LeakedThreads {

    private static final int MOST_NAMES = 5;

    private LeakedThreads() {}

    /**
     * Interrupts the threads that run with this class loader.
     *
     * @param grace how long they may take to end after that, all together
     * @return what was found, for people; empty if nothing
     */
    public static Optional<String> clear(ClassLoader classLoader, Duration grace) throws InterruptedException {
        List<Thread> left = of(classLoader);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        String names =
                left.stream().limit(MOST_NAMES).map(LeakedThreads::described).collect(Collectors.joining(", "));
        left.forEach(Thread::interrupt);
        long until = System.nanoTime() + grace.toNanos();
        for (Thread thread : left) {
            boolean unused = thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
        }
        long alive = left.stream().filter(Thread::isAlive).count();
        return Optional.of("left " + CountText.of(left.size(), "thread") + " behind (" + names
                + "), which is a defect of the plugin; "
                + (alive == 0
                        ? "interrupted, they have stopped"
                        : alive + " of them cannot be ended: restart Interlock to be rid of them"));
    }

    private static List<Thread> of(ClassLoader classLoader) {
        Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
        return all.keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> thread != Thread.currentThread())
                .filter(thread -> classLoader.equals(thread.getContextClassLoader())
                        || classLoader.equals(thread.getClass().getClassLoader()))
                .toList();
    }

    private static String described(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return thread.getName() + (stack.length == 0 ? "" : " in " + stack[stack.length - 1]);
    }
}
