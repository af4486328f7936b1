package io.interlock.stats.graphite;

import io.interlock.api.sink.StatsSinkContext;
import io.interlock.api.status.ContainerStatus;
import io.interlock.api.status.EngineStatus;
import io.interlock.api.status.InterlockStatus;
import io.interlock.util.ErrorMessages;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the resource usage of containers from the engines at every interval, and sends it to Carbon. */
public final class GraphiteReporter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger("stats");

    /** Limit of concurrent requests; an engine takes up to two seconds for an answer. */
    private static final int QUESTIONS_AT_ONCE = 16;

    private final StatsSinkContext context;
    private final Supplier<InterlockStatus> status;
    private final Pattern images;
    private final Duration interval;
    private final CarbonLineWriter lines;
    private final CarbonConnection connection;
    private final Semaphore places = new Semaphore(QUESTIONS_AT_ONCE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private long eventsBefore = -1;

    /**
     * Creates a reporter that does nothing yet.
     *
     * @param status the latest status; read at every interval
     * @param images selects the images whose containers are included; may match any part of the name
     */
    public GraphiteReporter(
            StatsSinkContext context,
            Supplier<InterlockStatus> status,
            String host,
            int port,
            String prefix,
            Pattern images,
            Duration interval) {
        this.context = context;
        this.status = status;
        this.images = images;
        this.interval = interval;
        this.lines = new CarbonLineWriter(prefix);
        this.connection = new CarbonConnection(host, port);
    }

    /** Starts to read and send, on its own threads. */
    public void start() {
        connection.start();
        Thread.ofVirtual().name("graphite").start(this::run);
    }

    @Override
    public void close() {
        closed.countDown();
        connection.close();
    }

    private void run() {
        try {
            do {
                report(status.get());
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(InterlockStatus host) throws InterruptedException {
        long events = host.engines().stream()
                .map(EngineStatus::intake)
                .mapToLong(EngineStatus.Intake::events)
                .sum();
        if (eventsBefore >= 0) {
            connection.send(List.of(lines.events(events - eventsBefore, Instant.now(context.clock()))));
        }
        eventsBefore = events;
        List<ContainerStatus> containers = host.containers().stream()
                .filter(container -> !container.engineId().equals(EngineStatus.SERVICES))
                .toList();
        CarbonContainerNames names = new CarbonContainerNames(
                containers,
                host.engines().stream().filter(EngineStatus::runsContainers).count() > 1);
        for (ContainerStatus container : containers) {
            if (images.matcher(container.image()).find()) {
                places.acquire();
                Thread.ofVirtual().name("graphite-" + container.name()).start(() -> {
                    try {
                        read(container, names.of(container));
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    private void read(ContainerStatus container, String name) {
        try {
            connection.send(lines.of(name, context.resources(container.engineId(), container.id())));
        } catch (IOException e) {
            log.debug("container {} could not be read: {}", container.name(), ErrorMessages.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
