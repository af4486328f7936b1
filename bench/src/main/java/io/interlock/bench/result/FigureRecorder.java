package io.interlock.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects figures run by run, so that runs of several subjects can take turns. Confined to one thread. */
public final class FigureRecorder {

    private final Map<Key, List<Double>> runs = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private record Key(String measure, String metric, String unit, String scenario, int size, String subject) {}

    /** Quantities of one measure in one situation. */
    public final class Situation {
        private final String measure;
        private final String scenario;
        private final int size;

        private Situation(String measure, String scenario, int size) {
            this.measure = measure;
            this.scenario = scenario;
            this.size = size;
        }

        /** Adds a run's value. */
        public void add(String metric, String unit, String subject, double value) {
            runs.computeIfAbsent(new Key(measure, metric, unit, scenario, size, subject), any -> new ArrayList<>())
                    .add(value);
        }
    }

    /** The recorder of a situation's figures; see {@link BenchmarkFigure} for the terms. */
    public Situation in(String measure, String scenario, int size) {
        return new Situation(measure, scenario, size);
    }

    /** Adds a remark for readers of the figures. */
    public void note(String measure, String text) {
        String note = measure + ": " + text;
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /** The figures, in the order in which they were first added. */
    public List<BenchmarkFigure> all() {
        return runs.entrySet().stream()
                .map(entry -> figure(entry.getKey(), entry.getValue()))
                .toList();
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }

    private static BenchmarkFigure figure(Key key, List<Double> runs) {
        return new BenchmarkFigure(key.measure, key.metric, key.unit, key.scenario, key.size, key.subject, runs);
    }
}
