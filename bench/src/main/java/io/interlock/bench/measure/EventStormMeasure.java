package io.interlock.bench.measure;

import io.interlock.bench.engine.SimulatedContainer;
import io.interlock.bench.engine.SimulatedEngineServer;
import io.interlock.bench.process.ProcessUsage;
import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.subject.BenchmarkSubject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Measures a thousand events a second, from containers that crash and come back. */
public final class EventStormMeasure implements BenchmarkMeasure {

    private static final int EVENTS_PER_SECOND = 1000;
    private static final int EVENTS_PER_STEP = 2;
    private static final int CRASHING = 50;
    private static final int FLEET = 100;
    private static final int OK = 200;
    private static final String LAST = "last.more.example";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String purpose() {
        return "1,000 events/s from containers that nobody routes to, and from routed ones";
    }

    @Override
    public void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception {
        int size = Math.min(FLEET, plan.largest());
        Duration duration = plan.duration();
        figures.note(
                name(),
                CRASHING + " containers crash and come back, " + duration.toSeconds() + " s long, beside " + size
                        + " others.");
        try (SimulatedContainerPool fleet = SimulatedContainerPool.of(size, plan.latencies())) {
            plan.takeTurns(size, kind -> {
                storm(
                        fleet,
                        kind,
                        fleet.unnamedContainers(CRASHING),
                        duration,
                        figures.in(name(), "strangers", size),
                        figures);
                storm(
                        fleet,
                        kind,
                        fleet.createContainers(CRASHING, "s"),
                        duration,
                        figures.in(name(), "routed", size),
                        figures);
            });
        }
    }

    private void storm(
            SimulatedContainerPool fleet,
            BenchmarkSubject.Kind kind,
            List<SimulatedContainer> crashing,
            Duration duration,
            FigureRecorder.Situation situation,
            FigureRecorder figures)
            throws IOException, InterruptedException {
        try (BenchmarkSubject subject = kind.start(fleet.engineAddress())) {
            FirstAnswerPoller.await(subject.port(), ContainerPool.hostOf(0));
            OptionalInt reloads = subject.reloads();
            ProcessUsage controller = subject.controllerUsage();
            ProcessUsage proxy = subject.proxyUsage();
            long began = System.nanoTime();
            blow(fleet.simulated(), crashing, duration);
            long ended = System.nanoTime();
            situation.add(
                    "processors used by the controller",
                    "",
                    subject.name(),
                    subject.controllerUsage().since(controller).cores(ended - began));
            situation.add(
                    "processors used by the proxy",
                    "",
                    subject.name(),
                    subject.proxyUsage().since(proxy).cores(ended - began));
            if (reloads.isPresent()) {
                int more = subject.reloads().getAsInt() - reloads.getAsInt();
                situation.add("reloads per second", "", subject.name(), more * 1e9 / (ended - began));
            }
            awaitLast(fleet, subject, crashing, situation, figures);
        } finally {
            crashing.forEach(fleet.simulated()::remove);
        }
    }

    /** Ends with a step that leaves every second container running. */
    private static void blow(SimulatedEngineServer engine, List<SimulatedContainer> crashing, Duration duration) {
        long interval = Duration.ofSeconds(1).toNanos() * EVENTS_PER_STEP / EVENTS_PER_SECOND;
        long steps = duration.toNanos() / interval / (2L * crashing.size()) * 2L * crashing.size();
        long began = System.nanoTime();
        for (long step = 0; step < steps; step++) {
            int round = (int) (step / crashing.size());
            SimulatedContainer container = crashing.get((int) (step % crashing.size()));
            if (round % 2 == 0) {
                engine.begin(container);
            } else {
                engine.die(container);
            }
            long due = began + (step + 1) * interval;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        for (int i = 0; i < crashing.size(); i += 2) {
            engine.begin(crashing.get(i));
        }
    }

    /**
     * Waits for the final state: a container that starts after everything else must serve, and every container that
     * crashed must be in the state in which it was left. Requests to a crashed container may wait for its return, so
     * the time of that state is derived from the time when the requests were sent.
     */
    private void awaitLast(
            SimulatedContainerPool fleet,
            BenchmarkSubject subject,
            List<SimulatedContainer> crashing,
            FigureRecorder.Situation situation,
            FigureRecorder figures)
            throws InterruptedException {
        InetSocketAddress server = FirstAnswerPoller.local(subject.port());
        ContainerPool.PoolMember last = fleet.create(LAST);
        long began = System.nanoTime();
        last.start();
        try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> live = new ArrayList<>();
            live.add(together.submit(() -> awaitAnswer(server, LAST, true)));
            for (int i = 0; i < crashing.size(); i++) {
                String host = crashing.get(i).hostname();
                boolean runs = i % 2 == 0 && host.contains(".");
                live.add(together.submit(() -> awaitAnswer(server, host, runs)));
            }
            long ended = began;
            for (Future<Long> one : live) {
                ended = Math.max(ended, one.get());
            }
            situation.add("last event to last state live", "ms", subject.name(), (ended - began) / 1e6);
        } catch (ExecutionException tooLate) {
            figures.note(
                    name(), subject.name() + " did not serve the last state within " + PATIENCE.toSeconds() + " s.");
        } finally {
            last.end();
        }
    }

    private static long awaitAnswer(InetSocketAddress server, String host, boolean runs) throws IOException {
        return FirstAnswerPoller.awaitQuestion(server, host, PATIENCE, response -> (response.status() == OK) == runs);
    }
}
