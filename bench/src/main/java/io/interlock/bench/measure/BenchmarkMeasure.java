package io.interlock.bench.measure;

import io.interlock.bench.result.FigureRecorder;

/** One of the measures. */
public interface BenchmarkMeasure {

    /** As the command line and tables call it. */
    String name();

    /** What it is about, in a line. */
    String purpose();

    /** Measures, and adds what comes of it. */
    void run(BenchmarkPlan plan, FigureRecorder figures) throws Exception;
}
