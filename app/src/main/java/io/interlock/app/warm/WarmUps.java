package io.interlock.app.warm;

import io.interlock.app.topology.WarmUp;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warms containers, each on a thread of its own, until they answer or a limit has passed: then a container is served in
 * any case, since health checks guard it from there on. Safe for any number of threads; nothing blocks the caller.
 */
public final class WarmUps implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WarmUps.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int AT_ONCE = 64;

    private final Duration limit;
    private final Runnable onWarm;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Map<WarmUp.Run, Thread> running = new HashMap<>();
    private final Set<WarmUp.Run> done = new HashSet<>();

    /**
     * Warms nothing yet.
     *
     * @param limit after this long a container that does not answer counts as warmed up
     * @param onWarm called whenever {@link #warmedUp} has grown
     */
    public WarmUps(Duration limit, Runnable onWarm) {
        this.limit = limit;
        this.onWarm = onWarm;
    }

    /** The runs of containers that need not be warmed any more. */
    public synchronized Set<WarmUp.Run> warmedUp() {
        return Set.copyOf(done);
    }

    /**
     * Begins with those that are new, and gives up those that are gone.
     *
     * @param wanted all that are still to be warmed
     * @param alive whether a run that was warmed up goes on; the others are forgotten
     */
    public synchronized void warm(List<WarmUp> wanted, Predicate<WarmUp.Run> alive) {
        Set<WarmUp.Run> runs = wanted.stream().map(WarmUp::run).collect(Collectors.toSet());
        done.removeIf(alive.negate());
        running.entrySet().removeIf(entry -> {
            boolean gone = !runs.contains(entry.getKey());
            if (gone) {
                entry.getValue().interrupt();
            }
            return gone;
        });
        for (WarmUp warmUp : wanted) {
            running.computeIfAbsent(
                    warmUp.run(),
                    run -> Thread.ofVirtual()
                            .name("warm-" + warmUp.containerName())
                            .start(() -> warm(warmUp)));
        }
    }

    private void warm(WarmUp warmUp) {
        long until = System.nanoTime() + limit.toNanos();
        boolean answered = false;
        try {
            while (!answered && until - System.nanoTime() > 0) {
                slots.acquire();
                try {
                    answered = FirstRequest.isAnswered(warmUp, REQUEST_TIMEOUT);
                } finally {
                    slots.release();
                }
                if (!answered) {
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            return;
        }
        if (!answered) {
            log.warn(
                    "container {} ({}): warm: no answer on port {} within {} s; served all the same, as far as its"
                            + " health check allows",
                    warmUp.containerName(),
                    warmUp.run().container(),
                    warmUp.port(),
                    limit.toSeconds());
        }
        end(warmUp);
    }

    private void end(WarmUp warmUp) {
        synchronized (this) {
            if (running.remove(warmUp.run()) == null) {
                return;
            }
            done.add(warmUp.run());
        }
        onWarm.run();
    }

    @Override
    public synchronized void close() {
        running.values().forEach(Thread::interrupt);
        running.clear();
    }
}
