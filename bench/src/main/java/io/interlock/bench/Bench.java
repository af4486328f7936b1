package io.interlock.bench;

import io.interlock.bench.engine.Latencies;
import io.interlock.bench.measure.ControllerMeasure;
import io.interlock.bench.measure.EventMeasure;
import io.interlock.bench.measure.Measure;
import io.interlock.bench.measure.MicroMeasure;
import io.interlock.bench.measure.Plan;
import io.interlock.bench.measure.RollMeasure;
import io.interlock.bench.measure.RouteMeasure;
import io.interlock.bench.measure.ScrapeMeasure;
import io.interlock.bench.measure.SteadyMeasure;
import io.interlock.bench.measure.StormMeasure;
import io.interlock.bench.result.Figures;
import io.interlock.bench.result.Plot;
import io.interlock.bench.result.Publication;
import io.interlock.bench.result.Report;
import io.interlock.bench.result.Table;
import io.interlock.bench.subject.InterlockSubject;
import io.interlock.bench.subject.RegeneratingSubject;
import io.interlock.bench.subject.Subject;
import io.interlock.testsupport.process.Distribution;
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
public final class Bench implements Callable<Integer> {

    private static final List<Measure> MEASURES = List.of(
            new RouteMeasure(),
            new RollMeasure(),
            new EventMeasure(),
            new StormMeasure(),
            new SteadyMeasure(),
            new ScrapeMeasure(),
            new ControllerMeasure(),
            new MicroMeasure());

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
    private Path output = Distribution.projectFile("bench/target/results");

    @Option(
            names = "--publish",
            description = "show the results in docs/benchmarks.md, measures that were not run as they were")
    private boolean publish;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Figures figures = new Figures();
        for (Measure measure : chosen()) {
            System.err.println("==> " + measure.name() + ": " + measure.purpose());
            measure.run(plan(), figures);
            Table.of(figures.all()).stream()
                    .filter(table -> table.measure().equals(measure.name()))
                    .forEach(table -> System.out.println(table.toText() + "\n"));
        }
        figures.notes().forEach(System.out::println);
        Report report = new Report(Environment.look(mode()), figures.all(), figures.notes());
        write(report);
        if (publish) {
            publish(report);
        }
        return 0;
    }

    private List<Measure> chosen() {
        for (String name : only) {
            if (MEASURES.stream().noneMatch(measure -> measure.name().equals(name))) {
                throw new ParameterException(new CommandLine(this), "there is no measure " + name);
            }
        }
        return MEASURES.stream()
                .filter(measure -> only.isEmpty() || only.contains(measure.name()))
                .toList();
    }

    private Plan plan() {
        List<Subject.Kind> kinds = new ArrayList<>(List.of(InterlockSubject.withHaproxy()));
        nginxPlugin.map(InterlockSubject::withNginx).ifPresent(kinds::add);
        if (!withoutBaselines) {
            kinds.add(RegeneratingSubject.kind());
        }
        return new Plan(
                quick,
                runs.orElse(quick ? 1 : 3),
                largest,
                Duration.ofSeconds(seconds.orElse(quick ? 5 : 10)),
                kinds,
                Latencies.USUAL);
    }

    private String mode() {
        return quick ? "quick" : "complete";
    }

    private void write(Report report) throws IOException {
        Files.createDirectories(output);
        report.write(output.resolve("results.json"));
        for (Plot plot : Plot.of(report.figures())) {
            Files.writeString(output.resolve(plot.fileName() + ".svg"), plot.toSvg());
        }
        System.err.println("results: " + output);
    }

    private static void publish(Report report) throws IOException {
        Path folder = Distribution.projectFile("docs/benchmarks");
        Path earlier = folder.resolve("results.json");
        Report all = Files.exists(earlier) ? report.over(Report.read(earlier)) : report;
        new Publication(Distribution.projectFile("docs/benchmarks.md"), folder).show(all);
    }
}
