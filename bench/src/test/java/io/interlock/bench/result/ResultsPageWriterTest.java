package io.interlock.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ResultsPageWriterTest {

    @TempDir
    Path folder;

    private final FigureRecorder figures = new FigureRecorder();

    @Test
    void aCellHasTheMedianAndTheRange() {
        for (double value : new double[] {3, 1, 2.5}) {
            figures.in("route", "new host", 10).add("time", "ms", "interlock", value);
        }
        figures.in("route", "new host", 10).add("time", "ms", "direct", 1);

        FigureTable table = FigureTable.of(figures.all()).getFirst();

        assertThat(table.header()).containsExactly("what", "where", "size", "unit", "interlock", "direct");
        assertThat(table.rows()).containsExactly(List.of("time", "new host", "10", "ms", "2.50 (1–3)", "1"));
    }

    @Test
    void whatWasNotMeasuredIsADash() {
        figures.in("route", "", 10).add("time", "ms", "interlock", 1);
        figures.in("route", "", 20).add("time", "ms", "direct", 1);

        assertThat(FigureTable.of(figures.all()).getFirst().rows())
                .containsExactly(List.of("time", "", "10", "ms", "1", "–"), List.of("time", "", "20", "ms", "–", "1"));
    }

    @Test
    void aPlotIsMadeOfWhatWasMeasuredAtSeveralSizes() throws Exception {
        figures.in("route", "a < b", 10).add("time", "ms", "interlock", 0);
        figures.in("route", "a < b", 1000).add("time", "ms", "interlock", 7);
        figures.in("route", "", 10).add("memory", "MB", "interlock", 7);

        List<FigurePlot> plots = FigurePlot.of(figures.all());

        assertThat(plots).extracting(FigurePlot::fileName).containsExactly("route-time");
        Path file =
                Files.writeString(folder.resolve("plot.svg"), plots.getFirst().toSvg());
        var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(svg.getDocumentElement().getTextContent()).contains("interlock, a < b", "10", "1,000");
    }

    @Test
    void resultsReplaceEarlierOnesBetweenTheMarks() throws IOException {
        Path document = Files.writeString(
                folder.resolve("page.md"),
                "before\n" + ResultsPageWriter.BEGIN + "old\n" + ResultsPageWriter.END + "after\n");
        figures.in("route", "", 10).add("time", "ms", "interlock", 1);
        figures.in("route", "", 100).add("time", "ms", "interlock", 2);
        figures.note("route", "A remark.");
        ResultsPageWriter publication = new ResultsPageWriter(document, folder.resolve("page"));

        publication.show(new BenchmarkReport(Map.of("Java", "21"), figures.all(), figures.notes()));

        assertThat(document)
                .content()
                .startsWith("before\n")
                .endsWith("after\n")
                .contains("| Java | 21 |", "A remark.", "| time |  | 100 | ms | 2 |", "![time](page/route-time.svg)")
                .doesNotContain("old");
        assertThat(folder.resolve("page/route-time.svg")).exists();
    }

    @Test
    void aDocumentWithoutMarksIsLeftAlone() throws IOException {
        Path document = Files.writeString(folder.resolve("page.md"), "mine\n");
        ResultsPageWriter publication = new ResultsPageWriter(document, folder.resolve("page"));

        assertThatThrownBy(() -> publication.show(new BenchmarkReport(Map.of(), List.of(), List.of())))
                .hasMessageContaining("page.md lacks the marks");
        assertThat(document).hasContent("mine");
    }

    @Test
    void aReportKeepsWhatAnEarlierOneSaysOfOtherMeasures() throws IOException {
        figures.in("route", "", 10).add("time", "ms", "interlock", 1);
        figures.note("route", "old");
        figures.in("storm", "", 10).add("time", "ms", "interlock", 2);
        figures.note("storm", "kept");
        Path file = folder.resolve("results.json");
        new BenchmarkReport(Map.of("Java", "21"), figures.all(), figures.notes()).write(file);
        FigureRecorder now = new FigureRecorder();
        now.in("route", "", 10).add("time", "ms", "interlock", 3);

        BenchmarkReport both =
                new BenchmarkReport(Map.of("Java", "25"), now.all(), now.notes()).over(BenchmarkReport.read(file));

        assertThat(both.environment()).containsEntry("Java", "25");
        assertThat(both.notes()).containsExactly("storm: kept");
        assertThat(both.figures())
                .extracting(BenchmarkFigure::measure, BenchmarkFigure::median)
                .containsExactly(tuple("route", 3.0), tuple("storm", 2.0));
    }
}
