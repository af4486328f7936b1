package io.interlock.bench.measure;

import io.interlock.bench.process.ProcessFootprint;
import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.subject.BareHaproxy;
import io.interlock.bench.subject.BenchmarkSubject;
import io.interlock.bench.subject.InterlockSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Measures the cost of serving itself: the HAProxy behind Interlock beside one with a file written by hand for a single
 * backend.
 */
public final class SteadyStateMeasure implements BenchmarkMeasure {

    private static final String BARE = "bare haproxy";

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public String purpose() {
        return "HAProxy behind Interlock beside a bare HAProxy with one backend, at 1 to 10,000 hosts";
    }

    @Override
    public void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception {
        figures.note(
                name(),
                "wrk, one thread, %d connections. One host: all requests go to one of the hosts. All hosts: to each in turn, so"
                                .formatted(WrkResult.CONNECTIONS)
                        + " that connections to servers can hardly be used again.");
        for (int size : plan.sizes(List.of(1, 1_000, 10_000), List.of(1, 1_000))) {
            try (SimulatedContainerPool fleet = SimulatedContainerPool.of(size, plan.latencies());
                    BenchmarkSubject interlock = InterlockSubject.withHaproxy().start(fleet.engineAddress())) {
                FirstAnswerPoller.await(interlock.port(), ContainerPool.hostOf(size - 1));
                Path config = ((InterlockSubject) interlock).proxyConfig();
                try (BareHaproxy bare = BareHaproxy.start(fleet.containerPort(), threads(config))) {
                    FirstAnswerPoller.await(bare.port(), "bare");
                    measure(plan, interlock, bare, size, figures);
                }
            }
        }
    }

    private void measure(
            BenchmarkPlan plan, BenchmarkSubject interlock, BareHaproxy bare, int size, FigureRecorder figures)
            throws IOException {
        Duration duration = plan.lasting(Duration.ofSeconds(4), Duration.ofSeconds(2));
        FigureRecorder.Situation oneHost = figures.in(name(), "one host", size);
        FigureRecorder.Situation allHosts = figures.in(name(), "all hosts", size);
        for (int i = 0; i < plan.runs(); i++) {
            WrkResult bareLoad = WrkResult.on(List.of(bare.pid()), bare.port(), 1, duration);
            WrkResult one = WrkResult.on(interlock.proxies(), interlock.port(), 1, duration);
            add(oneHost, BARE, bareLoad);
            add(oneHost, interlock.name(), one);
            oneHost.add("throughput, of bare", "", interlock.name(), one.perSecond() / bareLoad.perSecond());
            oneHost.add("p99, of bare", "", interlock.name(), one.p99() / bareLoad.p99());
        }
        // Not measured in turns with the others: it leaves thousands of idle connections to servers, whose end takes a
        // while.
        for (int i = 0; i < plan.runs() && size > 1; i++) {
            add(allHosts, BARE, WrkResult.on(List.of(bare.pid()), bare.port(), 1, duration));
            add(allHosts, interlock.name(), WrkResult.on(interlock.proxies(), interlock.port(), size, duration));
        }
        FigureRecorder.Situation memory = figures.in(name(), "", size);
        memory.add("resident memory of HAProxy", "MB", BARE, megabytes(List.of(bare.pid())));
        memory.add("resident memory of HAProxy", "MB", interlock.name(), megabytes(interlock.proxies()));
    }

    private static void add(FigureRecorder.Situation situation, String subject, WrkResult load) {
        situation.add("throughput", "requests/s", subject, load.perSecond());
        situation.add("p99", "ms", subject, load.p99());
        situation.add("CPU time of HAProxy per request", "µs", subject, load.cpuMicros());
    }

    private static double megabytes(List<Long> pids) {
        return ProcessFootprint.of(pids).residentKilobytes() / 1e3;
    }

    /** The number of threads that Interlock chose, so that both have the same. */
    private static int threads(Path config) throws IOException {
        return Files.readAllLines(config).stream()
                .filter(line -> line.strip().startsWith("nbthread "))
                .map(line -> Integer.parseInt(line.strip().substring("nbthread ".length())))
                .findFirst()
                .orElse(1);
    }
}
