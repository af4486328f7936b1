package io.interlock.bench.result;

import java.util.List;

/**
 * Quantity of one subject in one situation, measured several times.
 *
 * @param measure the measure that it belongs to, for example {@code route}
 * @param metric the name of the quantity, for people
 * @param unit of the values; empty for counts
 * @param scenario the situation, for people; may be empty
 * @param size the number of containers or hosts; -1 if it has no meaning
 * @param subject the measured subject: Interlock or a baseline
 * @param runs a value for each run, in the order of the runs; not empty
 */
public record BenchmarkFigure(
        String measure, String metric, String unit, String scenario, int size, String subject, List<Double> runs) {

    /** The value of a figure without a size. */
    public static final int NO_SIZE = -1;

    /**
     * @throws IllegalArgumentException if there are no runs
     */
    public BenchmarkFigure {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a figure without runs: " + metric + " of " + subject);
        }
        runs = List.copyOf(runs);
    }

    /** The median: half of the runs are not above, half are not below. */
    public double median() {
        return median(runs);
    }

    /** The lowest run. */
    public double low() {
        return runs.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** The highest run. */
    public double high() {
        return runs.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** The median of these values; with an even number, the mean of the two middle values. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
