package io.interlock.bench.measure;

import io.interlock.bench.process.ProcessUsage;
import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.subject.BenchmarkSubject;
import io.interlock.bench.subject.InterlockSubject;
import io.interlock.testsupport.network.PortAllocator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Measures the cost of statistics: throughput and the controller's work without readers, and with a reader every 5 s.
 */
public final class ScrapeMeasure implements BenchmarkMeasure {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final String UNREAD = "nobody reads";
    private static final String READ = "read every 5 s";

    @Override
    public String name() {
        return "scrape";
    }

    @Override
    public String purpose() {
        return "serving and the controller while /metrics is read every 5 s, and while it is not";
    }

    @Override
    public void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception {
        figures.note(
                name(),
                "The controller's share of a processor is taken under full load of the proxy, and once more with no load at all.");
        for (int size : plan.sizes(List.of(1_000, 10_000), List.of(1_000))) {
            int statistics = PortAllocator.next();
            try (SimulatedContainerPool fleet = SimulatedContainerPool.of(size, plan.latencies());
                    BenchmarkSubject interlock =
                            InterlockSubject.withStatisticsAt(statistics).start(fleet.engineAddress())) {
                FirstAnswerPoller.await(interlock.port(), ContainerPool.hostOf(size - 1));
                measure(plan, interlock, statistics, figures.in(name(), "", size));
            }
        }
    }

    private static void measure(
            BenchmarkPlan plan, BenchmarkSubject interlock, int statistics, FigureRecorder.Situation situation)
            throws Exception {
        Duration duration = plan.lasting(INTERVAL.multipliedBy(4), INTERVAL.multipliedBy(2));
        read(statistics);
        for (int i = 0; i < plan.runs(); i++) {
            double unread = take(interlock, UNREAD, duration, situation);
            try (Reader reader = new Reader(statistics)) {
                double read = take(interlock, READ, duration, situation);
                situation.add("throughput, of unread", "", READ, read / unread);
                for (Read each : reader.stop()) {
                    situation.add("answer", "kB", READ, each.bytes() / 1e3);
                    situation.add("time to answer", "ms", READ, each.millis());
                }
            }
        }
    }

    /** The throughput. */
    private static double take(
            BenchmarkSubject interlock, String scenario, Duration duration, FigureRecorder.Situation situation)
            throws Exception {
        ProcessUsage before = interlock.controllerUsage();
        long began = System.nanoTime();
        WrkResult load = WrkResult.on(interlock.proxies(), interlock.port(), 1, duration);
        ProcessUsage used = interlock.controllerUsage().since(before);
        situation.add("throughput", "requests/s", scenario, load.perSecond());
        situation.add("p99", "ms", scenario, load.p99());
        situation.add(
                "controller under load", "% of a processor", scenario, 100 * used.cores(System.nanoTime() - began));
        before = interlock.controllerUsage();
        began = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        used = interlock.controllerUsage().since(before);
        situation.add("controller at rest", "% of a processor", scenario, 100 * used.cores(System.nanoTime() - began));
        return load.perSecond();
    }

    private record Read(long bytes, double millis) {}

    private static Read read(int port) throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IOException("/metrics answered " + response.statusCode());
            }
            return new Read(response.body().length, (System.nanoTime() - began) / 1e6);
        }
    }

    /** Reads every 5 s, as Prometheus would. */
    private static final class Reader implements AutoCloseable {

        private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
        private final List<Read> reads = new ArrayList<>();
        private final ScheduledFuture<?> reading;

        Reader(int port) {
            reading = executor.scheduleAtFixedRate(
                    () -> {
                        try {
                            Read read = read(port);
                            synchronized (reads) {
                                reads.add(read);
                            }
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    0,
                    INTERVAL.toMillis(),
                    TimeUnit.MILLISECONDS);
        }

        List<Read> stop() {
            if (reading.isDone()) {
                throw new IllegalStateException("statistics could not be read");
            }
            close();
            synchronized (reads) {
                return List.copyOf(reads);
            }
        }

        @Override
        public void close() {
            executor.close();
        }
    }
}
