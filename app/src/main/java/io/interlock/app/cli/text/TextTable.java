package io.interlock.app.cli.text;

import io.interlock.util.PrintableText;
import java.util.ArrayList;
import java.util.List;

/** Text in columns, for a terminal. Whatever it is given, each row is one line, and nothing in it is obeyed by a terminal. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        row(header);
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream().map(PrintableText::line).toList());
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    @Override
    public String toString() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).codePointCount(0, row.get(i).length());
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return String.join("\n", rows.stream().map(row -> line(row, widths)).toList());
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell);
            if (i < row.size() - 1) {
                line.append(" ".repeat(widths.get(i) - cell.codePointCount(0, cell.length())))
                        .append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }
}
