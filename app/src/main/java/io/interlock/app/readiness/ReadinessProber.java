package io.interlock.app.readiness;

import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.readiness.ProbeTarget.Condition;
import java.net.InetAddress;
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
 * Probes containers, each on a thread of its own. A container that must only listen is probed until it does, at first
 * often. A container with the field {@code warm} is probed until it answers or a limit has passed; then it is served
 * anyway, because health checks guard it from then on. Safe for any number of threads; no call blocks.
 */
public final class ReadinessProber implements ReadinessProbes, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("readiness");
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE_AFTER_LIMIT = Duration.ofSeconds(1);
    private static final int MAX_CONCURRENT = 64;

    private final Duration limit;
    private volatile Runnable listener = () -> {};
    private final Semaphore attempts = new Semaphore(MAX_CONCURRENT);
    private final Map<Endpoint, Thread> probes = new HashMap<>();
    private final Set<Endpoint> ready = new HashSet<>();
    /** Number of results above which those of containers that no longer run are removed. */
    private int cleanupSize;

    /** Identity of a probe: a container may be served at several ports. */
    private record Endpoint(ContainerRun run, InetAddress address, int port, Condition condition) {
        static Endpoint of(ProbeTarget target) {
            return new Endpoint(target.run(), target.address(), target.port(), target.condition());
        }
    }

    /**
     * @param limit time after which a container that does not answer counts as ready, and after which the log names one
     *     that does not listen
     */
    public ReadinessProber(Duration limit) {
        this.limit = limit;
    }

    @Override
    public synchronized boolean isReady(ProbeTarget target) {
        return ready.contains(Endpoint.of(target));
    }

    @Override
    public synchronized void restore(ProbeTarget target) {
        ready.add(Endpoint.of(target));
    }

    @Override
    public void onChange(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void probe(List<ProbeTarget> targets, Predicate<ContainerRun> isRunning) {
        Set<Endpoint> endpoints = targets.stream().map(Endpoint::of).collect(Collectors.toSet());
        if (ready.size() > cleanupSize) {
            ready.removeIf(endpoint -> !isRunning.test(endpoint.run()));
            cleanupSize = ready.size() * 2;
        }
        probes.entrySet().removeIf(entry -> {
            boolean gone = !endpoints.contains(entry.getKey());
            if (gone) {
                entry.getValue().interrupt();
            }
            return gone;
        });
        for (ProbeTarget target : targets) {
            probes.computeIfAbsent(
                    Endpoint.of(target),
                    any -> Thread.ofVirtual()
                            .name("readiness-" + target.containerName())
                            .start(() -> await(target)));
        }
    }

    private void await(ProbeTarget target) {
        long until = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        boolean overdue = false;
        try {
            while (!succeeds(target)) {
                if (!overdue && until - System.nanoTime() <= 0) {
                    overdue = true;
                    warn(target);
                    if (target.condition() == Condition.ANSWERS) {
                        break;
                    }
                }
                Thread.sleep(pause);
                pause = longer(pause, overdue ? LONGEST_PAUSE_AFTER_LIMIT : LONGEST_PAUSE);
            }
        } catch (InterruptedException e) {
            return;
        }
        markReady(target);
    }

    private boolean succeeds(ProbeTarget target) throws InterruptedException {
        attempts.acquire();
        try {
            return ReadinessProbe.succeeds(target, ATTEMPT_TIMEOUT);
        } finally {
            attempts.release();
        }
    }

    private static Duration longer(Duration pause, Duration longest) {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        return longer.compareTo(longest) < 0 ? longer : longest;
    }

    private void warn(ProbeTarget target) {
        log.warn(
                "container {} ({}): {} at {} port {} within {} s: {}",
                target.containerName(),
                target.run().container(),
                target.condition() == Condition.ANSWERS ? "warm: no answer" : "nothing listens",
                target.address().getHostAddress(),
                target.port(),
                limit.toSeconds(),
                target.condition() == Condition.ANSWERS
                        ? "served all the same, as far as its health check allows"
                        : "not served until something does; is it the right port, and can the address be reached from here?"
                                + " A host cannot reach its own containers in a macvlan or overlay network");
    }

    private void markReady(ProbeTarget target) {
        synchronized (this) {
            if (probes.remove(Endpoint.of(target)) == null) {
                return;
            }
            ready.add(Endpoint.of(target));
        }
        listener.run();
    }

    @Override
    public synchronized void close() {
        probes.values().forEach(Thread::interrupt);
        probes.clear();
    }
}
