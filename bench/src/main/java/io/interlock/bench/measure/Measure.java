package io.interlock.bench.measure;

import io.interlock.bench.result.Figures;

/** One of the measures. */
public interface Measure {

    /** As the command line and tables call it. */
    String name();

    /** What it is about, in a line. */
    String purpose();

    /** Measures, and adds what comes of it. */
    void run(Plan plan, Figures figures) throws Exception;
}
