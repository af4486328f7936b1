package io.interlock.bench.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the last results between two marks of a document, and the plots and the JSON to a folder beside it.
 *
 * @param document a Markdown file that has both marks
 * @param folder for pictures and JSON; its name is relative to the document's folder
 */
public record ResultsPageWriter(Path document, Path folder) {

    static final String BEGIN = "<!-- results: begin -->\n";
    static final String END = "<!-- results: end -->\n";

    /**
     * Writes these results instead of the earlier ones.
     *
     * @throws IOException if the document lacks a mark, or something cannot be written
     */
    public void show(BenchmarkReport report) throws IOException {
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(document + " lacks the marks between which the results belong");
        }
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.list(folder)) {
            for (Path picture :
                    old.filter(file -> file.toString().endsWith(".svg")).toList()) {
                Files.delete(picture);
            }
        }
        report.write(folder.resolve("results.json"));
        for (FigurePlot plot : FigurePlot.of(report.figures())) {
            Files.writeString(folder.resolve(plot.fileName() + ".svg"), plot.toSvg());
        }
        Files.writeString(
                document, text.substring(0, begin) + BEGIN + "\n" + results(report) + "\n" + text.substring(end));
    }

    private String results(BenchmarkReport report) {
        List<String> parts = new ArrayList<>();
        StringBuilder environment = new StringBuilder("| | |\n|---|---|\n");
        report.environment()
                .forEach((name, value) -> environment
                        .append("| ")
                        .append(name)
                        .append(" | ")
                        .append(value)
                        .append(" |\n"));
        parts.add(environment.toString());
        List<FigurePlot> plots = FigurePlot.of(report.figures());
        for (FigureTable table : FigureTable.of(report.figures())) {
            parts.add("### " + table.measure() + "\n");
            report.notes().stream()
                    .filter(note -> note.startsWith(table.measure() + ": "))
                    .forEach(note -> parts.add(note.substring(table.measure().length() + 2) + "\n"));
            parts.add(table.toMarkdown() + "\n");
            plots.stream()
                    .filter(plot -> plot.measure().equals(table.measure()))
                    .forEach(plot -> parts.add(
                            "![%s](%s/%s.svg)\n".formatted(plot.metric(), folder.getFileName(), plot.fileName())));
        }
        return String.join("\n", parts);
    }
}
