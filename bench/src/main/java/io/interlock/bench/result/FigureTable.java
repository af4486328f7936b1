package io.interlock.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Table of one measure's figures: a row for each quantity in each situation, a column for each subject. A cell has the
 * median and, if there were several runs, the lowest and highest.
 *
 * @param measure the measure of the figures
 * @param header of the columns
 * @param rows each as long as the header
 */
public record FigureTable(String measure, List<String> header, List<List<String>> rows) {

    private static final int SMALL = 10;
    private static final int LARGE = 1000;

    /** A table for each measure. */
    public static List<FigureTable> of(List<BenchmarkFigure> figures) {
        return figures.stream()
                .collect(Collectors.groupingBy(BenchmarkFigure::measure, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static FigureTable of(String measure, List<BenchmarkFigure> figures) {
        Set<String> subjects = new LinkedHashSet<>();
        Map<List<String>, Map<String, BenchmarkFigure>> rows = new LinkedHashMap<>();
        for (BenchmarkFigure figure : figures) {
            subjects.add(figure.subject());
            rows.computeIfAbsent(labels(figure), any -> new LinkedHashMap<>()).put(figure.subject(), figure);
        }
        List<String> header = new ArrayList<>(List.of("what", "where", "size", "unit"));
        header.addAll(subjects);
        List<List<String>> cells = new ArrayList<>();
        rows.forEach((labels, bySubject) -> {
            List<String> row = new ArrayList<>(labels);
            subjects.forEach(subject -> row.add(bySubject.containsKey(subject) ? cell(bySubject.get(subject)) : "–"));
            cells.add(row);
        });
        return new FigureTable(measure, header, cells);
    }

    private static List<String> labels(BenchmarkFigure figure) {
        String size = figure.size() == BenchmarkFigure.NO_SIZE ? "" : "%,d".formatted(figure.size());
        return List.of(figure.metric(), figure.scenario(), size, figure.unit());
    }

    private static String cell(BenchmarkFigure figure) {
        String median = number(figure.median());
        return figure.runs().size() == 1
                ? median
                : median + " (" + number(figure.low()) + "–" + number(figure.high()) + ")";
    }

    /** Formats a number with its significant digits. */
    static String number(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e15) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        String format = size < 1 ? "%.3f" : size < SMALL ? "%.2f" : size < LARGE ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }

    /** The table for a terminal. */
    public String toText() {
        int[] widths = new int[header.size()];
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        all.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return "== " + measure + "\n"
                + all.stream().map(row -> textLine(row, widths)).collect(Collectors.joining("\n"));
    }

    private static String textLine(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    /** The table for a Markdown document. */
    public String toMarkdown() {
        String line = header.stream().map(any -> "---").collect(Collectors.joining("|", "|", "|"));
        return markdownLine(header) + "\n" + line + "\n"
                + rows.stream().map(FigureTable::markdownLine).collect(Collectors.joining("\n"));
    }

    private static String markdownLine(List<String> row) {
        return row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }
}
