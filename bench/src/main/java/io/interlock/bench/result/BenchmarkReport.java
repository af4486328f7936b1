package io.interlock.bench.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Result of a run of the benchmarks.
 *
 * @param environment the machine and the programs, in the order of display
 * @param figures the figures
 * @param notes further remarks for readers
 */
public record BenchmarkReport(Map<String, String> environment, List<BenchmarkFigure> figures, List<String> notes) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** This report, with an earlier report's figures for measures that this one does not contain. */
    public BenchmarkReport over(BenchmarkReport earlier) {
        Set<String> here = figures.stream().map(BenchmarkFigure::measure).collect(Collectors.toSet());
        List<BenchmarkFigure> all = new ArrayList<>(figures);
        earlier.figures.stream()
                .filter(figure -> !here.contains(figure.measure()))
                .forEach(all::add);
        List<String> allNotes = new ArrayList<>(notes);
        earlier.notes.stream()
                .filter(note -> !here.contains(note.substring(0, Math.max(0, note.indexOf(':')))))
                .forEach(allNotes::add);
        return new BenchmarkReport(environment, all, allNotes);
    }

    /** Writes the report as JSON. */
    public void write(Path file) throws IOException {
        JSON.writeValue(file.toFile(), this);
    }

    /** Reads a report that {@link #write} wrote. */
    public static BenchmarkReport read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), BenchmarkReport.class);
    }
}
