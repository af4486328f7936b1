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
 * Keeps the inventory true for one engine, for ever: connects, follows it, and connects anew whenever the connection is
 * lost. While it is, what the engine ran last stays in the inventory.
 */
public final class EngineWatcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EngineWatcher.class);
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
    /** Whether the present state, connected or not, is in the log. */
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

    /** Begins to watch; returns at once. To be called once. */
    public void start() {
        thread = Thread.ofVirtual().name("engine-" + engineId).start(this::run);
    }

    public EngineWatchStats counters() {
        return counters.read();
    }

    /** Stops watching; the inventory is not changed any more after it. Waits a few seconds at most. */
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

    /** One connection, until it is lost. */
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

    /** The interval give or take a quarter, so that engines watched by many are not asked by all at once. */
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
