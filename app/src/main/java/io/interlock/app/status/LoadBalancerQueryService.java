package io.interlock.app.status;

import io.interlock.api.loadbalancer.ConfigPreview;
import io.interlock.api.loadbalancer.LoadBalancer;
import io.interlock.api.stats.ProxyStats;
import io.interlock.api.topology.TopologySnapshot;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks load balancers what they count, and what they would write. Safe for all threads. */
public final class LoadBalancerQueryService {

    private static final Logger log = LoggerFactory.getLogger("status");

    /** Who asks within this time gets the same answer. */
    private static final Duration FRESH = Duration.ofMillis(500);

    private final Supplier<Map<String, LoadBalancer>> loadBalancers;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock.
    private Map<String, ProxyStats> latest = Map.of();
    private long asked = System.nanoTime() - FRESH.toNanos();

    /**
     * @param loadBalancers those that are open, by plugin id; calls to them end in time
     */
    public LoadBalancerQueryService(Supplier<Map<String, LoadBalancer>> loadBalancers) {
        this.loadBalancers = loadBalancers;
    }

    /** What they count, by plugin id; one that does not say is missing. */
    public Map<String, ProxyStats> stats() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (System.nanoTime() - asked >= FRESH.toNanos()) {
                latest = ask();
                asked = System.nanoTime();
            }
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** All at the same time: one that hangs holds up the answer, but not the others' part of it. */
    private Map<String, ProxyStats> ask() throws InterruptedException {
        Map<String, ProxyStats> answers = new ConcurrentHashMap<>();
        Map<String, Thread> threads = new TreeMap<>();
        loadBalancers
                .get()
                .forEach((id, loadBalancer) -> threads.put(
                        id,
                        Thread.ofVirtual()
                                .name("stats-" + id)
                                .start(() -> ask(id, loadBalancer).ifPresent(stats -> answers.put(id, stats)))));
        for (Thread thread : threads.values()) {
            thread.join();
        }
        return Map.copyOf(answers);
    }

    private static Optional<ProxyStats> ask(String id, LoadBalancer loadBalancer) {
        try {
            return loadBalancer.stats();
        } catch (IOException e) {
            log.debug("{}: no statistics: {}", id, ErrorMessages.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /**
     * What they would write, by plugin id; one that writes no files is missing.
     *
     * @throws IOException if one cannot tell; the message says which and why
     */
    public Map<String, ConfigPreview> previews(TopologySnapshot snapshot) throws IOException, InterruptedException {
        Map<String, ConfigPreview> previews = new TreeMap<>();
        for (Map.Entry<String, LoadBalancer> entry : loadBalancers.get().entrySet()) {
            try {
                entry.getValue().preview(snapshot).ifPresent(preview -> previews.put(entry.getKey(), preview));
            } catch (IOException e) {
                throw new IOException(entry.getKey() + ": " + ErrorMessages.reason(e), e);
            }
        }
        return previews;
    }
}
