package io.interlock.app.sinks;

import io.interlock.api.sink.ContainerResources;
import io.interlock.api.sink.StatsSink;
import io.interlock.api.sink.StatsSinkContext;
import io.interlock.api.sink.StatsSnapshot;
import io.interlock.api.status.Explanation;
import io.interlock.api.status.SinkStatus;
import io.interlock.app.plugin.PluginConsumer;
import io.interlock.app.plugin.SinkPlugin;
import io.interlock.app.plugin.guard.PluginCallException;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one sink on one thread. Passes the latest snapshot to the sink at every interval and soon after an event; counts
 * the snapshots that a busy sink misses.
 */
final class SinkWorker {

    private static final Logger log = LoggerFactory.getLogger("stats");

    /** The shortest time between two snapshots, regardless of the number of events. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /**
     * The pause after a snapshot, as a multiple of its duration: with thousands of containers a snapshot takes a while.
     */
    private static final int REST = 19;

    private static final String UNENDED = "did not end in time; something of it may be left running";

    private final SinkPlugin plugged;
    private final SinkEnvironment environment;
    private final PluginConsumer.StateListener events;
    private final Thread thread;
    private final InterruptibleWait waiting = new InterruptibleWait();
    private final Consumer<SinkWorker> whenOver;

    /**
     * Cleared once the former worker has ended, because it keeps the classes of its plugin and would keep its own
     * predecessor.
     */
    private Optional<SinkWorker> former;

    private volatile boolean over;
    private volatile SinkStatus status;

    /**
     * Creates a worker that does nothing yet.
     *
     * @param former the worker that must end before this one starts, because it may listen on the same port
     * @param whenOver called on this worker's thread when nothing of it runs any longer
     */
    SinkWorker(
            SinkPlugin plugged,
            Optional<SinkWorker> former,
            SinkEnvironment environment,
            PluginConsumer.StateListener events,
            Consumer<SinkWorker> whenOver) {
        this.plugged = plugged;
        this.former = former;
        this.environment = environment;
        this.events = events;
        this.whenOver = whenOver;
        this.status = new SinkStatus(plugged.pluginId(), 0, 0, 0, "");
        this.thread =
                Thread.ofPlatform().daemon().name("sink-" + plugged.pluginId()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    SinkStatus status() {
        return status;
    }

    /** Asks it to end; returns at once. */
    void end() {
        waiting.end();
    }

    boolean isEnding() {
        return waiting.isOver();
    }

    /** Whether nothing of it runs any longer, whether it was asked to end or not. */
    boolean isOver() {
        return over;
    }

    /** Ends it and waits for that, for a limited time; returns whether it has ended. */
    boolean close() throws InterruptedException {
        end();
        if (thread.join(environment.limits().close())) {
            return true;
        }
        thread.interrupt();
        return thread.join(environment.limits().grace());
    }

    private void run() {
        boolean ended = false;
        try {
            if (former.isPresent() && !former.get().close()) {
                log.error("{}: {}", plugged.pluginId(), UNENDED);
            }
            former = Optional.empty();
            serve();
            ended = true;
        } catch (PluginCallException e) {
            events.unusable(plugged, "cannot be used: " + e.getMessage());
            ended = true;
        } catch (IOException e) {
            events.unusable(plugged, "cannot be used: its data folder cannot be created: " + ErrorMessages.reason(e));
            ended = true;
        } catch (InterruptedException e) {
            log.debug("{}: interrupted", plugged.pluginId());
        } finally {
            former = Optional.empty();
            release(ended);
            over = true;
            whenOver.accept(this);
        }
    }

    private void serve() throws PluginCallException, IOException, InterruptedException {
        StatsSinkContext context = new Context(
                plugged.pluginId(),
                environment.folders().ofPlugin(plugged.pluginId()),
                Clock.systemUTC(),
                environment.sources());
        StatsSink sink = plugged.open(context);
        events.running(plugged);
        try {
            long seen = 0;
            while (!waiting.isOver()) {
                seen = environment.events().last();
                long began = System.nanoTime();
                hand(sink);
                Duration took = Duration.ofNanos(System.nanoTime() - began);
                noteSkipped(took.dividedBy(plugged.interval()));
                await(seen, took);
            }
        } finally {
            sink.close();
        }
    }

    private void hand(StatsSink sink) throws InterruptedException {
        StatsSnapshot snapshot = environment.sources().snapshot();
        SinkStatus before = status;
        try {
            sink.accept(snapshot);
            status = new SinkStatus(
                    before.pluginId(), before.accepted() + 1, before.skipped(), before.failed(), before.lastFailure());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            String reason = ErrorMessages.reason(e);
            if (!reason.equals(before.lastFailure())) {
                log.warn("{}: a snapshot is lost: {}", plugged.pluginId(), reason);
            }
            status =
                    new SinkStatus(before.pluginId(), before.accepted(), before.skipped(), before.failed() + 1, reason);
        }
    }

    private void noteSkipped(long more) {
        SinkStatus before = status;
        status = new SinkStatus(
                before.pluginId(), before.accepted(), before.skipped() + more, before.failed(), before.lastFailure());
    }

    private void await(long seen, Duration took) {
        Duration rest = plugged.interval().minus(took);
        waiting.during(() -> {
            long began = System.nanoTime();
            if (rest.isPositive() && !environment.events().after(seen, rest).isEmpty()) {
                Duration quiet = earlier(rest, later(SHORTEST.minus(took), took.multipliedBy(REST)));
                Thread.sleep(later(Duration.ZERO, quiet.minusNanos(System.nanoTime() - began)));
            }
        });
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void release(boolean ended) {
        try {
            Optional<String> leftover = plugged.release(environment.limits().grace());
            events.released(
                    plugged,
                    ended
                            ? leftover
                            : Optional.of(UNENDED
                                    + leftover.map(what -> "; it " + what).orElse("")));
        } catch (InterruptedException e) {
            events.released(plugged, Optional.of(UNENDED));
            Thread.currentThread().interrupt();
        }
    }

    private record Context(String pluginId, Path dataDirectory, Clock clock, SinkEnvironment.DataSource sources)
            implements StatsSinkContext {

        @Override
        public StatsSnapshot snapshot() throws InterruptedException {
            return sources.snapshot();
        }

        @Override
        public Explanation explain(String question) throws InterruptedException {
            return sources.explain(question);
        }

        @Override
        public ContainerResources resources(String engineId, String containerId)
                throws IOException, InterruptedException {
            return sources.resources(engineId, containerId);
        }
    }
}
