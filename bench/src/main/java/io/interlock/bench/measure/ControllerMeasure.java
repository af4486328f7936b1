package io.interlock.bench.measure;

import io.interlock.bench.process.ProcessFootprint;
import io.interlock.bench.result.BenchmarkFigure;
import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.subject.BenchmarkSubject;
import io.interlock.bench.subject.InterlockSubject;
import io.interlock.testsupport.process.SystemProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures the controller itself: how soon it has all running containers served, and its memory. */
public final class ControllerMeasure implements BenchmarkMeasure {

    /** A larger number would measure the client that sends the requests. */
    private static final int MOST_ASKED = 250;

    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /** The live heap without any container. */
    private final List<Double> empty = new ArrayList<>();

    @Override
    public String name() {
        return "controller";
    }

    @Override
    public String purpose() {
        return "cold start to serving everything, memory, live heap";
    }

    @Override
    public void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception {
        figures.note(
                name(),
                "Cold start: from the start of the program until the last of %d hosts, spread over all, has answered."
                        .formatted(MOST_ASKED));
        for (int size : plan.sizes(List.of(0, 50, 1_000, 10_000), List.of(0, 50, 1_000))) {
            try (SimulatedContainerPool fleet = SimulatedContainerPool.of(size, plan.latencies())) {
                plan.takeTurns(size, kind -> {
                    long began = System.nanoTime();
                    try (BenchmarkSubject subject = kind.start(fleet.engineAddress())) {
                        awaitAll(subject.port(), size);
                        FigureRecorder.Situation situation = figures.in(name(), "", size);
                        situation.add(
                                "cold start to serving all", "ms", subject.name(), (System.nanoTime() - began) / 1e6);
                        if (subject instanceof InterlockSubject) {
                            memory(subject, size, situation);
                        }
                    }
                });
            }
        }
    }

    private static void awaitAll(int port, int size) throws IOException {
        if (size == 0) {
            FirstAnswerPoller.await(
                    FirstAnswerPoller.local(port), "any", Duration.ofMinutes(1), response -> response.status() >= 0);
        }
        int asked = Math.min(size, MOST_ASKED);
        for (int i = 1; i <= asked; i++) {
            FirstAnswerPoller.await(port, ContainerPool.hostOf((int) ((long) i * size / asked) - 1));
        }
    }

    private void memory(BenchmarkSubject subject, int size, FigureRecorder.Situation situation)
            throws IOException, InterruptedException {
        Thread.sleep(SETTLING);
        situation.add(
                "resident memory of the controller",
                "MB",
                subject.name(),
                ProcessFootprint.of(subject.controllers()).residentKilobytes() / 1e3);
        double live = liveHeap(subject.controllers().getFirst());
        situation.add("live heap of the controller", "KiB", subject.name(), live / 1024);
        if (size == 0) {
            empty.add(live);
        } else if (!empty.isEmpty()) {
            double more = live - BenchmarkFigure.median(empty);
            situation.add("live heap per container", "KiB", subject.name(), more / 1024 / size);
        }
    }

    /** The live heap in bytes. The histogram covers the objects that a full collection leaves. */
    private static double liveHeap(long pid) throws IOException {
        String histogram = SystemProcesses.run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram");
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException("jcmd gave no total");
        }
        return Double.parseDouble(total.group(1));
    }
}
