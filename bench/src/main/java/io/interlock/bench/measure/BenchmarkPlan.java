package io.interlock.bench.measure;

import io.interlock.bench.engine.EngineLatencies;
import io.interlock.bench.subject.BenchmarkSubject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much is to be measured.
 *
 * @param quick whether it should be over soon rather than say much
 * @param runs how often each subject has its turn; at least 1
 * @param largest no fleet is to be larger; at least 1
 * @param duration of a roll or a storm
 * @param kinds what to measure; Interlock first
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

    /** Of these sizes, those that are to be measured; in quick runs only some have their turn. */
    List<Integer> sizes(List<Integer> complete, List<Integer> ifQuick) {
        return (quick ? ifQuick : complete)
                .stream().map(size -> Math.min(size, largest)).distinct().toList();
    }

    /** What can be expected to cope with so many containers. */
    List<BenchmarkSubject.Kind> kindsFor(int size) {
        return kinds.stream().filter(kind -> kind.limit() >= size).toList();
    }

    Duration lasting(Duration complete, Duration ifQuick) {
        return quick ? ifQuick : complete;
    }

    int times(int complete, int ifQuick) {
        return quick ? ifQuick : complete;
    }

    /** Something that is done in each run, so that what else the machine does falls on all subjects. */
    interface Turn {
        void take(BenchmarkSubject.Kind kind) throws Exception;
    }

    /** Gives each subject that copes with so many containers its turn, run after run. */
    void takeTurns(int size, Turn turn) throws Exception {
        for (int run : IntStream.range(0, runs).toArray()) {
            for (BenchmarkSubject.Kind kind : kindsFor(size)) {
                System.err.printf("    run %d of %d: %s, %,d%n", run + 1, runs, kind.name(), size);
                turn.take(kind);
            }
        }
    }
}
