package io.interlock.bench.measure;

import io.interlock.bench.micro.OwnershipBenchmark;
import io.interlock.bench.micro.TopologyPipelineBenchmark;
import io.interlock.bench.result.FigureRecorder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link TopologyPipelineBenchmark} and {@link OwnershipBenchmark} at several sizes, and shows the growth from one size to the next. */
public final class MicrobenchmarkMeasure implements BenchmarkMeasure {

    private static final String SUBJECT = "interlock";

    /** JMH uses methods that later versions of Java warn of. */
    private static final String[] UNSAFE_ALLOWED = {"--sun-misc-unsafe-memory-access=allow"};

    private static final String[] NOTHING = {};

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public String purpose() {
        return "assemble, plan and render by themselves (JMH), and their slope";
    }

    @Override
    public void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception {
        figures.note(
                name(),
                "With the options of Interlock's start script. The slope is the exponent of the growth since the size"
                        + " before: 0 is flat, 1 is linear.");
        Map<String, Point> before = new HashMap<>();
        for (int size : plan.sizes(List.of(100, 1_000, 10_000, 50_000), List.of(100, 1_000))) {
            for (RunResult result : new Runner(options(plan, size)).run()) {
                String benchmark = words(result.getPrimaryResult().getLabel()) + ownership(result);
                FigureRecorder.Situation situation = figures.in(name(), "", size);
                result.getBenchmarkResults().stream()
                        .flatMap(fork -> fork.getIterationResults().stream())
                        .forEach(iteration -> situation.add(
                                benchmark,
                                "µs",
                                SUBJECT,
                                iteration.getPrimaryResult().getScore()));
                Point now = new Point(size, result.getPrimaryResult().getScore());
                Point then = before.put(benchmark, now);
                if (then != null) {
                    situation.add(benchmark + ": slope", "", SUBJECT, now.slopeSince(then));
                }
            }
        }
    }

    private record Point(int size, double score) {
        double slopeSince(Point before) {
            return Math.log(score / before.score) / Math.log((double) size / before.size);
        }
    }

    private static Options options(BenchmarkPlan plan, int size) {
        return new OptionsBuilder()
                .include(TopologyPipelineBenchmark.class.getName())
                .include(OwnershipBenchmark.class.getName())
                .param("containers", Integer.toString(size))
                .forks(1)
                .jvmArgs("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g")
                .jvmArgsAppend(Runtime.version().feature() >= 23 ? UNSAFE_ALLOWED : NOTHING)
                .warmupIterations(2)
                .warmupTime(TimeValue.milliseconds(plan.times(1000, 200)))
                .measurementIterations(plan.times(5, 3))
                .measurementTime(TimeValue.milliseconds(plan.times(1000, 200)))
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static String ownership(RunResult result) {
        String owners = result.getParams().getParam(OwnershipBenchmark.PARAMETER);
        return owners == null ? "" : ", " + owners.replace('_', ' ');
    }

    /** Converts {@code planAfterOneChange} to {@code plan after one change}. */
    private static String words(String camelCase) {
        return camelCase.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
