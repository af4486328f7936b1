package io.interlock.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Quantity plotted over the size as an SVG picture: both axes are logarithmic, with a line for each subject and
 * scenario. Values of 0 or less have no place on such an axis and are drawn at its bottom.
 *
 * @param measure the measure of the figures
 * @param metric the quantity
 * @param figures of that quantity, at two sizes at least
 */
public record FigurePlot(String measure, String metric, List<BenchmarkFigure> figures) {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 80;
    private static final int RIGHT = 250;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int LEGEND_STEP = 20;
    /** Colours that colour-blind readers can distinguish (Okabe and Ito). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

    /** A plot for each quantity that was measured at several sizes. */
    public static List<FigurePlot> of(List<BenchmarkFigure> figures) {
        Map<List<String>, List<BenchmarkFigure>> byMetric = figures.stream()
                .filter(figure -> figure.size() > 0)
                .collect(Collectors.groupingBy(
                        figure -> List.of(figure.measure(), figure.metric()), LinkedHashMap::new, Collectors.toList()));
        return byMetric.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                                .map(BenchmarkFigure::size)
                                .distinct()
                                .count()
                        > 1)
                .map(entry ->
                        new FigurePlot(entry.getKey().getFirst(), entry.getKey().getLast(), entry.getValue()))
                .toList();
    }

    /** The name of its file, without an ending. */
    public String fileName() {
        return (measure + "-" + metric).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** The picture. */
    public String toSvg() {
        Axis x = Axis.over(figures, BenchmarkFigure::size, LEFT, WIDTH - RIGHT);
        Axis y = Axis.over(figures, BenchmarkFigure::median, HEIGHT - BOTTOM, TOP);
        StringBuilder svg = new StringBuilder();
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" \
                font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="20" font-size="14">%s</text>
                """.formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT, escaped(title())));
        x.ticks().forEach(tick -> svg.append(vertical(x.at(tick), FigureTable.number(tick))));
        y.ticks().forEach(tick -> svg.append(horizontal(y.at(tick), FigureTable.number(tick))));
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">containers or hosts</text>\n"
                .formatted((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10));
        List<List<BenchmarkFigure>> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            svg.append(line(lines.get(i), x, y, COLOURS.get(i % COLOURS.size()), TOP + LEGEND_STEP * i));
        }
        return svg.append("</svg>\n").toString();
    }

    private String title() {
        String unit = figures.getFirst().unit();
        return metric + (unit.isEmpty() ? "" : ", " + unit);
    }

    private List<List<BenchmarkFigure>> lines() {
        return List.copyOf(figures.stream()
                .sorted((one, other) -> Integer.compare(one.size(), other.size()))
                .collect(Collectors.groupingBy(FigurePlot::name, LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    private static String name(BenchmarkFigure figure) {
        return figure.scenario().isEmpty() ? figure.subject() : figure.subject() + ", " + figure.scenario();
    }

    private static String vertical(double x, String label) {
        return """
                <line x1="%1$.1f" y1="%2$d" x2="%1$.1f" y2="%3$d" stroke="#ddd"/>
                <text x="%1$.1f" y="%4$d" text-anchor="middle">%5$s</text>
                """.formatted(x, TOP, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 16, label);
    }

    private static String horizontal(double y, String label) {
        return """
                <line x1="%1$d" y1="%2$.1f" x2="%3$d" y2="%2$.1f" stroke="#ddd"/>
                <text x="%4$d" y="%5$.1f" text-anchor="end">%6$s</text>
                """.formatted(LEFT, y, WIDTH - RIGHT, LEFT - 6, y + 4, label);
    }

    private static String line(List<BenchmarkFigure> figures, Axis x, Axis y, String colour, int legendY) {
        String points = figures.stream()
                .map(figure -> String.format(Locale.ROOT, "%.1f,%.1f", x.at(figure.size()), y.at(figure.median())))
                .collect(Collectors.joining(" "));
        StringBuilder line = new StringBuilder(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n".formatted(points, colour));
        for (BenchmarkFigure figure : figures) {
            line.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                    x.at(figure.size()),
                    y.at(figure.median()),
                    colour));
        }
        return line.append(
                        "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/><text x=\"%d\" y=\"%d\">%s</text>\n"
                                .formatted(
                                        WIDTH - RIGHT + 15,
                                        legendY,
                                        colour,
                                        WIDTH - RIGHT + 32,
                                        legendY + 10,
                                        escaped(name(figures.getFirst()))))
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Logarithmic axis from one power of ten to another, with the positions of its ends on the picture. */
    private record Axis(int lowest, int highest, double from, double to) {

        static Axis over(
                List<BenchmarkFigure> figures, ToDoubleFunction<BenchmarkFigure> value, double from, double to) {
            TreeSet<Double> values = figures.stream()
                    .map(value::applyAsDouble)
                    .filter(positive -> positive > 0)
                    .collect(Collectors.toCollection(TreeSet::new));
            int lowest = values.isEmpty() ? 0 : (int) Math.floor(Math.log10(values.getFirst()));
            int highest = values.isEmpty() ? 1 : (int) Math.ceil(Math.log10(values.getLast()));
            return new Axis(lowest, Math.max(highest, lowest + 1), from, to);
        }

        double at(double value) {
            double exponent = value > 0 ? Math.max(Math.log10(value), lowest) : lowest;
            return from + (to - from) * (exponent - lowest) / (highest - lowest);
        }

        List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            for (int exponent = lowest; exponent <= highest; exponent++) {
                ticks.add(Math.pow(10, exponent));
            }
            return ticks;
        }
    }
}
