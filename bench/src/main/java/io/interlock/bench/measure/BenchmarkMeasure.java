package io.interlock.bench.measure;

import io.interlock.bench.result.FigureRecorder;

/** Measure of the benchmarks. */
public interface BenchmarkMeasure {

    /** The name for the command line and tables. */
    String name();

    /** The purpose, in one line. */
    String purpose();

    /** Takes the measurements, and adds the resulting figures. */
    void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception;
}
