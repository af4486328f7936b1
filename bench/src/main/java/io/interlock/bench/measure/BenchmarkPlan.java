package io.interlock.bench.measure;

import io.interlock.bench.engine.EngineLatencies;
import io.interlock.bench.subject.BenchmarkSubject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Extent of the measurements.
 *
 * @param quick whether a short duration matters more than meaningful figures
 * @param runs the number of turns of each subject; at least 1
 * @param largest the limit of the number of containers; at least 1
 * @param duration of a rolling update or an event storm
 * @param kinds the subjects; Interlock first
 * @param latencies of simulated engines
 */
public record BenchmarkPlan(
        boolean quick,
        int runs,
        int largest,
        Duration duration,
        List<BenchmarkSubject.Kind> kinds,
        EngineLatencies latencies) {

    public BenchmarkPlan {
        kinds = List.copyOf(kinds);
    }

    /** The sizes of these that are measured; quick runs measure only some. */
    List<Integer> sizes(List<Integer> complete, List<Integer> ifQuick) {
        return (quick ? ifQuick : complete)
                .stream().map(size -> Math.min(size, largest)).distinct().toList();
    }

    /** The subjects that can be expected to cope with this many containers. */
    List<BenchmarkSubject.Kind> kindsFor(int size) {
        return kinds.stream().filter(kind -> kind.limit() >= size).toList();
    }

    Duration lasting(Duration complete, Duration ifQuick) {
        return quick ? ifQuick : complete;
    }

    int times(int complete, int ifQuick) {
        return quick ? ifQuick : complete;
    }

    /** Action that is repeated in each run, so that other load of the machine affects all subjects. */
    interface Turn {
        void take(BenchmarkSubject.Kind kind) throws Exception;
    }

    /** Gives each subject that copes with this many containers its turn, run after run. */
    void takeTurns(int size, Turn turn) throws Exception {
        for (int run : IntStream.range(0, runs).toArray()) {
            for (BenchmarkSubject.Kind kind : kindsFor(size)) {
                System.err.printf("    run %d of %d: %s, %,d%n", run + 1, runs, kind.name(), size);
                turn.take(kind);
            }
        }
    }
}
