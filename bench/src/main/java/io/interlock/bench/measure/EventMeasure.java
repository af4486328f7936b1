package io.interlock.bench.measure;

import io.interlock.bench.engine.SimulatedContainer;
import io.interlock.bench.process.ProcessUsage;
import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.subject.BenchmarkSubject;
import io.interlock.bench.subject.InterlockSubject;
import io.interlock.bench.subject.RuntimeApiCommandCounter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Measures the cost of one container's start or stop beside this many others. The consumption of an idle subject is
 * subtracted.
 */
public final class EventMeasure implements BenchmarkMeasure {

    private static final Duration INTERVAL = Duration.ofMillis(25);
    private static final Duration SETTLING = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "events";
    }

    @Override
    public String purpose() {
        return "cost of one start or stop of a container beside 10 to 10,000 others";
    }

    @Override
    public void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception {
        figures.note(
                name(),
                "A change is the start or the stop of a container, which an engine tells in two and in four events that"
                        + " matter. What is used while nothing happens, health checks above all, is subtracted.");
        for (int size : plan.sizes(List.of(10, 100, 1_000, 10_000), List.of(10, 1_000))) {
            try (SimulatedContainerPool fleet = SimulatedContainerPool.of(size, plan.latencies())) {
                plan.takeTurns(size, kind -> {
                    try (BenchmarkSubject subject = kind.start(fleet.engineAddress())) {
                        FirstAnswerPoller.await(subject.port(), ContainerPool.hostOf(size - 1));
                        measure(plan, fleet, subject, figures.in(name(), "", size));
                    }
                });
            }
        }
    }

    private void measure(
            BenchmarkPlan plan,
            SimulatedContainerPool fleet,
            BenchmarkSubject subject,
            FigureRecorder.Situation situation)
            throws IOException, InterruptedException {
        // A subject with slow changes gets fewer of them, but also one after the other.
        boolean slow = !(subject instanceof InterlockSubject);
        change(fleet, subject, slow ? 1 : plan.times(50, 20), "warm");
        Thread.sleep(SETTLING);
        Optional<RuntimeApiCommandCounter> tap = tap(subject);
        try {
            Snapshot before = Snapshot.of(fleet, subject, tap);
            Thread.sleep(plan.lasting(Duration.ofSeconds(3), Duration.ofSeconds(2)));
            Snapshot idle = Snapshot.of(fleet, subject, tap);
            int containers = slow ? 2 : plan.times(50, 20);
            change(fleet, subject, containers, "count");
            Thread.sleep(SETTLING);
            Snapshot after = Snapshot.of(fleet, subject, tap);
            after.since(idle)
                    .addPerChange(idle.since(before), containers * 2, subject.name(), situation, tap.isPresent());
        } finally {
            if (tap.isPresent()) {
                tap.get().close();
            }
        }
    }

    private static Optional<RuntimeApiCommandCounter> tap(BenchmarkSubject subject) throws IOException {
        if (subject instanceof InterlockSubject interlock
                && interlock.adminSocket().isPresent()) {
            return Optional.of(
                    RuntimeApiCommandCounter.on(interlock.adminSocket().get()));
        }
        return Optional.empty();
    }

    /** Starts containers one after the other, each when its predecessor serves, and stops each. */
    private static void change(SimulatedContainerPool fleet, BenchmarkSubject subject, int containers, String prefix)
            throws IOException, InterruptedException {
        for (SimulatedContainer container : fleet.createContainers(containers, prefix)) {
            long next = System.nanoTime() + INTERVAL.toNanos();
            fleet.simulated().start(container);
            FirstAnswerPoller.await(FirstAnswerPoller.local(subject.port()), container.hostname(), container.address());
            rest(next);
            fleet.simulated().stop(container);
            fleet.simulated().remove(container);
            rest(next + INTERVAL.toNanos());
        }
    }

    private static void rest(long until) throws InterruptedException {
        long left = until - System.nanoTime();
        if (left > 0) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    /** Consumption up to a moment, or between two. */
    private record Snapshot(long nanos, ProcessUsage controller, ProcessUsage proxy, long requests, long commands) {

        static Snapshot of(
                SimulatedContainerPool fleet, BenchmarkSubject subject, Optional<RuntimeApiCommandCounter> tap) {
            return new Snapshot(
                    System.nanoTime(),
                    subject.controllerUsage(),
                    subject.proxyUsage(),
                    fleet.simulated().requests(),
                    tap.map(RuntimeApiCommandCounter::commands).orElse(0L));
        }

        Snapshot since(Snapshot before) {
            return new Snapshot(
                    nanos - before.nanos,
                    controller.since(before.controller),
                    proxy.since(before.proxy),
                    requests - before.requests,
                    commands - before.commands);
        }

        void addPerChange(
                Snapshot idle, int changes, String subject, FigureRecorder.Situation situation, boolean commandsKnown) {
            double share = (double) nanos / idle.nanos;
            add("engine requests per change", "", requests, idle.requests * share, changes, subject, situation);
            add(
                    "CPU time of the controller per change",
                    "ms",
                    controller.cpuMillis(),
                    idle.controller.cpuMillis() * share,
                    changes,
                    subject,
                    situation);
            add(
                    "CPU time of the proxy per change",
                    "ms",
                    proxy.cpuMillis(),
                    idle.proxy.cpuMillis() * share,
                    changes,
                    subject,
                    situation);
            add(
                    "bytes written by the controller per change",
                    "B",
                    controller.written(),
                    idle.controller.written() * share,
                    changes,
                    subject,
                    situation);
            add(
                    "of these to disk per change",
                    "B",
                    controller.toDisk(),
                    idle.controller.toDisk() * share,
                    changes,
                    subject,
                    situation);
            if (commandsKnown) {
                add("HAProxy commands per change", "", commands, idle.commands * share, changes, subject, situation);
            }
        }

        private static void add(
                String metric,
                String unit,
                long used,
                double idle,
                int changes,
                String subject,
                FigureRecorder.Situation situation) {
            situation.add(metric, unit, subject, Math.max(0, used - idle) / changes);
        }
    }
}
