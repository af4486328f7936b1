package io.interlock.bench;

import io.interlock.bench.engine.EngineLatencies;
import io.interlock.bench.measure.BenchmarkMeasure;
import io.interlock.bench.measure.BenchmarkPlan;
import io.interlock.bench.measure.ControllerMeasure;
import io.interlock.bench.measure.EventMeasure;
import io.interlock.bench.measure.EventStormMeasure;
import io.interlock.bench.measure.MicrobenchmarkMeasure;
import io.interlock.bench.measure.RollingUpdateMeasure;
import io.interlock.bench.measure.RouteLatencyMeasure;
import io.interlock.bench.measure.ScrapeMeasure;
import io.interlock.bench.measure.SteadyStateMeasure;
import io.interlock.bench.result.BenchmarkReport;
import io.interlock.bench.result.FigurePlot;
import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.result.FigureTable;
import io.interlock.bench.result.ResultsPageWriter;
import io.interlock.bench.subject.BenchmarkSubject;
import io.interlock.bench.subject.InterlockSubject;
import io.interlock.bench.subject.RegeneratorSubject;
import io.interlock.testsupport.process.DistributionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Measures Interlock beside its baselines, prints tables, and writes JSON and plots: {@code make bench}. */
@Command(name = "bench", sortOptions = false, mixinStandardHelpOptions = true)
public final class BenchmarkSuite implements Callable<Integer> {

    private static final List<BenchmarkMeasure> MEASURES = List.of(
            new RouteLatencyMeasure(),
            new RollingUpdateMeasure(),
            new EventMeasure(),
            new EventStormMeasure(),
            new SteadyStateMeasure(),
            new ScrapeMeasure(),
            new ControllerMeasure(),
            new MicrobenchmarkMeasure());

    @Option(
            names = "--only",
            split = ",",
            description = "only these measures: route, rolls, events, storm, steady, scrape, controller, micro")
    private List<String> only = List.of();

    @Option(names = "--quick", description = "a few minutes; fewer sizes, one run of each")
    private boolean quick;

    @Option(names = "--runs", description = "how often each subject has its turn (3, quick 1)")
    private Optional<Integer> runs = Optional.empty();

    @Option(names = "--seconds", description = "how long a roll or a storm lasts (10, quick 5)")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--largest", description = "no fleet is larger than this")
    private int largest = Integer.MAX_VALUE;

    @Option(names = "--without-baselines", description = "Interlock alone")
    private boolean withoutBaselines;

    @Option(names = "--nginx-plugin", description = "measure Interlock with this jar too")
    private Optional<Path> nginxPlugin = Optional.empty();

    @Option(names = "--output", description = "folder for results.json and the plots (${DEFAULT-VALUE})")
    private Path output = DistributionFiles.projectFile("bench/target/results");

    @Option(
            names = "--publish",
            description = "show the results in docs/benchmarks.md, measures that were not run as they were")
    private boolean publish;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarkSuite()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        FigureRecorder figures = new FigureRecorder();
        for (BenchmarkMeasure measure : chosen()) {
            System.err.println("==> " + measure.name() + ": " + measure.purpose());
            measure.run(plan(), figures);
            FigureTable.of(figures.all()).stream()
                    .filter(table -> table.measure().equals(measure.name()))
                    .forEach(table -> System.out.println(table.toText() + "\n"));
        }
        figures.notes().forEach(System.out::println);
        BenchmarkReport report =
                new BenchmarkReport(BenchmarkEnvironment.describe(mode()), figures.all(), figures.notes());
        write(report);
        if (publish) {
            publish(report);
        }
        return 0;
    }

    private List<BenchmarkMeasure> chosen() {
        for (String name : only) {
            if (MEASURES.stream().noneMatch(measure -> measure.name().equals(name))) {
                throw new ParameterException(new CommandLine(this), "there is no measure " + name);
            }
        }
        return MEASURES.stream()
                .filter(measure -> only.isEmpty() || only.contains(measure.name()))
                .toList();
    }

    private BenchmarkPlan plan() {
        List<BenchmarkSubject.Kind> kinds = new ArrayList<>(List.of(InterlockSubject.withHaproxy()));
        nginxPlugin.map(InterlockSubject::withNginx).ifPresent(kinds::add);
        if (!withoutBaselines) {
            kinds.add(RegeneratorSubject.kind());
        }
        return new BenchmarkPlan(
                quick,
                runs.orElse(quick ? 1 : 3),
                largest,
                Duration.ofSeconds(seconds.orElse(quick ? 5 : 10)),
                kinds,
                EngineLatencies.USUAL);
    }

    private String mode() {
        return quick ? "quick" : "complete";
    }

    private void write(BenchmarkReport report) throws IOException {
        Files.createDirectories(output);
        report.write(output.resolve("results.json"));
        for (FigurePlot plot : FigurePlot.of(report.figures())) {
            Files.writeString(output.resolve(plot.fileName() + ".svg"), plot.toSvg());
        }
        System.err.println("results: " + output);
    }

    private static void publish(BenchmarkReport report) throws IOException {
        Path folder = DistributionFiles.projectFile("docs/benchmarks");
        Path earlier = folder.resolve("results.json");
        BenchmarkReport all = Files.exists(earlier) ? report.over(BenchmarkReport.read(earlier)) : report;
        new ResultsPageWriter(DistributionFiles.projectFile("docs/benchmarks.md"), folder).show(all);
    }
}
