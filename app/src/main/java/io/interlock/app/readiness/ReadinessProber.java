package io.interlock.app.readiness;

import io.interlock.app.inventory.ContainerRun;
import io.interlock.app.readiness.ProbeTarget.Condition;
import io.interlock.app.topology.network.ServerEndpoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes containers, each on a thread of its own. A container that must only listen is probed until it does, at first
 * often. Of several endpoints, the first that succeeds counts, in their order. A container with the field {@code warm} is
 * probed until it answers or a limit has passed; then it is served
 * anyway, because health checks guard it from then on. Safe for any number of threads; no call blocks.
 */
public final class ReadinessProber implements ReadinessProbes, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("readiness");
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ATTEMPT_TIMEOUT_OF_SEVERAL = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE_AFTER_LIMIT = Duration.ofSeconds(1);
    private static final int MAX_CONCURRENT = 64;

    private final Duration limit;
    private volatile Runnable listener = () -> {};
    private final Semaphore attempts = new Semaphore(MAX_CONCURRENT);
    private final Map<ProbeKey, Thread> probes = new HashMap<>();
    private final Set<ReadyEndpoint> ready = new HashSet<>();
    /** Number of results above which those of containers that no longer run are removed. */
    private int cleanupSize;

    /** Identity of a probe: routes of a container share it unless they have ports of their own. */
    private record ProbeKey(ContainerRun run, List<ServerEndpoint> endpoints, Condition condition) {
        static ProbeKey of(ProbeTarget target) {
            return new ProbeKey(target.run(), target.endpoints(), target.condition());
        }
    }

    /** Endpoint at which a run of a container met a condition; a container may be served at several ports. */
    private record ReadyEndpoint(ContainerRun run, InetSocketAddress socket, Condition condition) {
        static ReadyEndpoint of(ProbeTarget target, ServerEndpoint endpoint) {
            return new ReadyEndpoint(target.run(), endpoint.socket(), target.condition());
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
    public synchronized Optional<ServerEndpoint> ready(ProbeTarget target) {
        return target.endpoints().stream()
                .filter(endpoint -> ready.contains(ReadyEndpoint.of(target, endpoint)))
                .findFirst();
    }

    @Override
    public synchronized void restore(ProbeTarget target) {
        // Of several addresses nobody knows which one answered: they are tried again.
        if (target.endpoints().size() == 1) {
            ready.add(ReadyEndpoint.of(target, target.endpoints().getFirst()));
        }
    }

    @Override
    public void onChange(Runnable listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void probe(List<ProbeTarget> targets, Predicate<ContainerRun> isRunning) {
        Set<ProbeKey> wanted = targets.stream().map(ProbeKey::of).collect(Collectors.toSet());
        if (ready.size() > cleanupSize) {
            ready.removeIf(endpoint -> !isRunning.test(endpoint.run()));
            cleanupSize = ready.size() * 2;
        }
        probes.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().interrupt();
            }
            return gone;
        });
        for (ProbeTarget target : targets) {
            probes.computeIfAbsent(
                    ProbeKey.of(target),
                    any -> Thread.ofVirtual()
                            .name("readiness-" + target.containerName())
                            .start(() -> await(target)));
        }
    }

    private void await(ProbeTarget target) {
        long until = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        boolean overdue = false;
        Optional<ServerEndpoint> reached;
        try {
            reached = attempt(target);
            while (reached.isEmpty()) {
                if (!overdue && until - System.nanoTime() <= 0) {
                    overdue = true;
                    warn(target);
                    if (target.condition() == Condition.ANSWERS) {
                        break;
                    }
                }
                Thread.sleep(pause);
                reached = attempt(target);
                pause = longer(pause, overdue ? LONGEST_PAUSE_AFTER_LIMIT : LONGEST_PAUSE);
            }
        } catch (InterruptedException e) {
            return;
        }
        markReady(target, reached.orElse(target.endpoints().getFirst()));
    }

    /**
     * Tries all endpoints in their order. One that succeeds may have begun to listen a moment after a better one failed,
     * so the better ones are tried again.
     */
    private Optional<ServerEndpoint> attempt(ProbeTarget target) throws InterruptedException {
        int last = target.endpoints().size() - 1;
        for (int i = 0; i <= last; i++) {
            if (succeeds(target, i, i == last ? ATTEMPT_TIMEOUT : ATTEMPT_TIMEOUT_OF_SEVERAL)) {
                for (int better = 0; better < i; better++) {
                    if (succeeds(target, better, ATTEMPT_TIMEOUT_OF_SEVERAL)) {
                        return Optional.of(target.endpoints().get(better));
                    }
                }
                return Optional.of(target.endpoints().get(i));
            }
        }
        return Optional.empty();
    }

    private boolean succeeds(ProbeTarget target, int endpoint, Duration timeout) throws InterruptedException {
        attempts.acquire();
        try {
            return ReadinessProbe.succeeds(target, target.endpoints().get(endpoint), timeout);
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
                target.addresses(),
                target.endpoints().getFirst().port(),
                limit.toSeconds(),
                target.condition() == Condition.ANSWERS
                        ? "served all the same, as far as its health check allows"
                        : "not served until something does; is it the right port, and can the address be reached from here?"
                                + " A host cannot reach its own containers in a macvlan or overlay network");
    }

    private void markReady(ProbeTarget target, ServerEndpoint endpoint) {
        synchronized (this) {
            if (probes.remove(ProbeKey.of(target)) == null) {
                return;
            }
            ready.add(ReadyEndpoint.of(target, endpoint));
        }
        listener.run();
    }

    @Override
    public synchronized void close() {
        probes.values().forEach(Thread::interrupt);
        probes.clear();
    }
}
