package io.interlock.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.interlock.bench.engine.Latencies;
import io.interlock.bench.result.Figure;
import io.interlock.bench.result.Figures;
import io.interlock.bench.subject.InterlockSubject;
import io.interlock.bench.subject.RegeneratingSubject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmarks run: the smallest case, with everything that the others use too. */
@Tag("engine")
class RouteSmokeIT {

    @Test
    void interlockAndItsBaselineRouteToContainersOfASimulatedEngine() throws Exception {
        Plan plan = new Plan(
                true,
                1,
                2,
                Duration.ofSeconds(1),
                List.of(InterlockSubject.withHaproxy(), RegeneratingSubject.kind()),
                Latencies.USUAL);
        Figures figures = new Figures();

        new RouteMeasure().simulated(plan, 2, figures);

        assertThat(figures.all()).extracting(Figure::subject).contains("interlock", "regenerate", "direct");
        assertThat(figures.all())
                .extracting(Figure::scenario)
                .contains("simulated engine, new host", "simulated engine, known host");
    }
}
