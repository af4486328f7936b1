package io.interlock.app.docker.watch;

import io.interlock.app.inventory.Inventory;
import io.interlock.util.CountText;
import io.interlock.util.ErrorMessages;
import io.interlock.util.ExponentialBackoff;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the inventory true for one engine until it is closed: connects, follows the engine, and connects again after
 * each loss. During a loss, the last known containers of the engine stay in the inventory.
 */
public final class EngineWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("engine");
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final String engineId;
    private final EngineConnection.Connector connector;
    private final WatchSession.NetworkLocationSource vantages;
    private final Inventory inventory;
    private final EngineWatchParameters settings;
    private final RandomGenerator random;
    private final Clock clock = Clock.systemUTC();
    private final EngineWatchCounters counters = new EngineWatchCounters();
    private final ContainerTracker tracker;
    private final ExponentialBackoff backoff;
    private volatile boolean closed;
    private @Nullable Thread thread;
    /** Whether the loss of the connection has been logged. */
    private boolean lossLogged;

    public EngineWatcher(
            String engineId,
            EngineConnection.Connector connector,
            WatchSession.NetworkLocationSource vantages,
            Inventory inventory,
            EngineWatchParameters settings,
            RandomGenerator random) {
        this.engineId = engineId;
        this.connector = connector;
        this.vantages = vantages;
        this.inventory = inventory;
        this.settings = settings;
        this.random = random;
        this.tracker = new ContainerTracker(engineId, inventory, settings);
        this.backoff = new ExponentialBackoff(settings.backoffStart(), settings.backoffCap(), random);
    }

    /** Starts to watch; returns at once. Must be called only once. */
    public void start() {
        thread = Thread.ofVirtual().name("engine-" + engineId).start(this::run);
    }

    public EngineWatchStats counters() {
        return counters.read();
    }

    /** Stops watching. The inventory no longer changes after the return. Waits a few seconds at most. */
    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(CLOSE_LIMIT);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    watch();
                } catch (IOException | RuntimeException failure) {
                    lost(failure);
                }
                TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Opens one connection and follows the engine until the connection is lost. */
    private void watch() throws IOException, InterruptedException {
        try (EngineConnection connection = connector.connect();
                WatchSession session =
                        new WatchSession(engineId, connection, tracker, settings, counters, vantages, clock)) {
            session.open();
            connected();
            long since = System.nanoTime();
            try {
                while (true) {
                    session.follow(resyncWait());
                    session.resync();
                }
            } finally {
                if (System.nanoTime() - since >= settings.backoffCap().toNanos()) {
                    backoff.reset();
                }
            }
        }
    }

    /**
     * Returns the interval plus or minus a quarter, so that several watchers of an engine do not resync at the same
     * time.
     */
    private Duration resyncWait() {
        long interval = settings.resyncInterval().toNanos();
        return Duration.ofNanos(interval * 3 / 4 + random.nextLong(interval / 2 + 1));
    }

    private void connected() {
        counters.connect();
        lossLogged = false;
        log.info(
                "engine {}: connected, {}", engineId, CountText.of(tracker.size(), "container runs", "containers run"));
    }

    private void lost(Exception failure) {
        if (closed) {
            return;
        }
        String reason = ErrorMessages.reason(failure);
        inventory.unreachable(engineId, clock.instant(), reason);
        if (lossLogged) {
            log.debug("engine {}: {}", engineId, reason);
        } else {
            lossLogged = true;
            log.warn("engine {}: cannot be reached, attempts to connect continue: {}", engineId, reason);
        }
    }
}
