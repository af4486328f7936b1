package io.interlock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.bench.engine.EngineLatencies;
import io.interlock.bench.result.BenchmarkFigure;
import io.interlock.bench.result.FigureRecorder;
import io.interlock.bench.subject.InterlockSubject;
import io.interlock.bench.subject.RegeneratorSubject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that the benchmarks run: the smallest case uses everything that the others use too. */
@Tag("engine")
class RouteLatencyMeasureIT {

    @Test
    void interlockAndItsBaselineRouteToContainersOfASimulatedEngine() throws Exception {
        BenchmarkPlan plan = new BenchmarkPlan(
                true,
                1,
                2,
                Duration.ofSeconds(1),
                List.of(InterlockSubject.withHaproxy(), RegeneratorSubject.kind()),
                EngineLatencies.USUAL);
        FigureRecorder figures = new FigureRecorder();

        new RouteLatencyMeasure().simulated(plan, 2, figures);

        assertThat(figures.all()).extracting(BenchmarkFigure::subject).contains("interlock", "regenerate", "direct");
        assertThat(figures.all())
                .extracting(BenchmarkFigure::scenario)
                .contains("simulated engine, new host", "simulated engine, known host");
    }
}
