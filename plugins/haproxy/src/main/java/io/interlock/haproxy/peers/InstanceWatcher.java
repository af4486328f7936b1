package io.interlock.haproxy.peers;

import io.interlock.haproxy.model.PeerGroup;
import io.interlock.haproxy.peers.InstanceResolver.Resolution;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches which instances there are. A name that cannot be resolved leaves everything as it was. New instances count at
 * once; a missing one counts for another minute, because a reload costs more than a peer that does not answer.
 */
public final class InstanceWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("haproxy");

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration UNTIL_GONE = Duration.ofMinutes(1);
    /** The first reload would be for nothing if the answer comes right after the start. */
    private static final Duration LONGEST_FIRST = Duration.ofSeconds(5);

    private final InstanceResolver resolver;
    private final Runnable requestApply;
    private final LongSupplier clock;
    private final ScheduledThreadPoolExecutor executor;
    private final CountDownLatch first = new CountDownLatch(1);
    private final Map<InetAddress, Long> seen = new HashMap<>();
    private volatile Resolution latest;

    /**
     * @param last the instances that the running HAProxy knows
     * @param requestApply called on another thread when the instances have changed; must be quick
     */
    public InstanceWatcher(InstanceResolver resolver, Optional<PeerGroup> last, Runnable requestApply) {
        this(resolver, last, requestApply, System::nanoTime);
        if (resolver.isEmpty()) {
            first.countDown();
        } else {
            Future<?> unused = executor.scheduleWithFixedDelay(this::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Creates a watcher that looks only when it is told to. */
    InstanceWatcher(InstanceResolver resolver, Optional<PeerGroup> last, Runnable requestApply, LongSupplier clock) {
        this.resolver = resolver;
        this.requestApply = requestApply;
        this.clock = clock;
        this.latest = new Resolution(last.filter(group -> !resolver.isEmpty()), Optional.empty());
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("haproxy-instances").factory());
    }

    /** The instances as far as they are known; waits for the first answer for a limited time. */
    public Resolution current() {
        try {
            if (!first.await(LONGEST_FIRST.toMillis(), TimeUnit.MILLISECONDS)) {
                first.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return latest;
    }

    /** The configured addresses and names, for messages. */
    public String text() {
        return resolver.text();
    }

    void look() {
        try {
            publish(find());
        } catch (RuntimeException e) {
            // The executor would never look again.
            log.error("the instances cannot be looked up", e);
        } finally {
            first.countDown();
        }
    }

    private Resolution find() {
        try {
            return resolver.resolve(remember(resolver.addresses()));
        } catch (IOException e) {
            return unresolved(latest.group(), e);
        }
    }

    private List<InetAddress> remember(List<InetAddress> now) {
        long time = clock.getAsLong();
        now.forEach(address -> seen.put(address, time));
        seen.values().removeIf(last -> time - last > UNTIL_GONE.toNanos());
        return seen.size() > InstanceResolver.MOST_INSTANCES ? now : List.copyOf(seen.keySet());
    }

    private static Resolution unresolved(Optional<PeerGroup> known, IOException e) {
        String problem = "the instances cannot be resolved now (" + e.getMessage() + ")";
        return known.isPresent()
                ? new Resolution(
                        known, Optional.of(problem + "; counters of clients are shared with those that were known"))
                : Resolution.alone(problem);
    }

    private void publish(Resolution now) {
        if (now.equals(latest)) {
            return;
        }
        latest = now;
        now.problem().ifPresent(problem -> log.warn("instances \"{}\": {}", resolver.text(), problem));
        if (first.getCount() == 0) {
            requestApply.run();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
