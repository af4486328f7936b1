package io.interlock.bench.measure;

import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.subject.BenchmarkSubject;
import io.interlock.testsupport.engine.UniqueHostNames;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Measures the time from the return of a start call until a container answers at its name. */
public final class RouteLatencyMeasure implements BenchmarkMeasure {

    private static final int WARM_UPS = 3;

    /** Pause between changes: a change soon after another is delayed, and that delay must not be measured here. */
    private static final Duration REST = Duration.ofMillis(200);

    @Override
    public String name() {
        return "route";
    }

    @Override
    public String purpose() {
        return "time to route: start call returned to first 200, less the same without a proxy";
    }

    @Override
    public void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception {
        for (int size : plan.sizes(List.of(1, 200), List.of(1, 20))) {
            try (ContainerPool fleet = new RealContainerPool()) {
                measure(plan, fleet, size, figures);
            }
        }
        for (int size : plan.sizes(List.of(10, 1_000, 10_000), List.of(10, 1_000))) {
            simulated(plan, size, figures);
        }
    }

    /** Measures only with a simulated engine of this size. */
    public void simulated(BenchmarkPlan plan, int size, FigureRecorder figures) throws Exception {
        try (ContainerPool fleet = SimulatedContainerPool.start(plan.latencies())) {
            measure(plan, fleet, size, figures);
        }
    }

    private void measure(BenchmarkPlan plan, ContainerPool fleet, int size, FigureRecorder figures) throws Exception {
        fleet.populate(size);
        plan.takeTurns(size, kind -> {
            try (BenchmarkSubject subject = kind.start(fleet.engineAddress())) {
                FirstAnswerPoller.await(subject.port(), ContainerPool.hostOf(0));
                FirstAnswerPoller.await(subject.port(), ContainerPool.hostOf(size - 1));
                new Turn(fleet, subject, size, figures).take(plan.times(5, 3));
            }
        });
    }

    /** Turn of a subject. */
    private final class Turn {
        private final ContainerPool fleet;
        private final BenchmarkSubject subject;
        private final FigureRecorder.Situation newHost;
        private final FigureRecorder.Situation knownHost;

        Turn(ContainerPool fleet, BenchmarkSubject subject, int size, FigureRecorder figures) {
            this.fleet = fleet;
            this.subject = subject;
            this.newHost = figures.in(name(), fleet.engine() + ", new host", size);
            this.knownHost = figures.in(name(), fleet.engine() + ", known host", size);
        }

        void take(int times) throws IOException, InterruptedException {
            String known = UniqueHostNames.newHost();
            ContainerPool.PoolMember first = fleet.create(known);
            first.start();
            FirstAnswerPoller.await(subject.port(), known);
            for (int i = 0; i < WARM_UPS; i++) {
                routed(UniqueHostNames.newHost());
                routed(known);
                direct();
            }
            for (int i = 0; i < times; i++) {
                double direct = direct();
                add(newHost, routed(UniqueHostNames.newHost()), direct);
                add(knownHost, routed(known), direct);
            }
            first.end();
        }

        private void add(FigureRecorder.Situation situation, double routed, double direct) {
            situation.add("start to first 200", "ms", "direct", direct);
            situation.add("start to first 200", "ms", subject.name(), routed);
            situation.add("start to first 200, over direct", "ms", subject.name(), routed - direct);
        }

        private double routed(String host) throws IOException, InterruptedException {
            Thread.sleep(REST);
            ContainerPool.PoolMember member = fleet.create(host);
            member.start();
            long began = System.nanoTime();
            long answered = FirstAnswerPoller.await(FirstAnswerPoller.local(subject.port()), host, member.answer());
            member.end();
            return (answered - began) / 1e6;
        }

        private double direct() throws IOException, InterruptedException {
            Thread.sleep(REST);
            ContainerPool.PoolMember member = fleet.create("direct");
            member.start();
            long began = System.nanoTime();
            long answered = FirstAnswerPoller.await(member.address(), "direct", member.answer());
            member.end();
            return (answered - began) / 1e6;
        }
    }
}
