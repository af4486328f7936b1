package io.interlock.haproxy.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The rows of {@code show stat}, whose columns are named by its first line: every version of HAProxy has more of them. */
final class CsvTable {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private final Map<String, Integer> columns = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private CsvTable(String header) {
        List<String> names = cells(header);
        for (int i = 0; i < names.size(); i++) {
            columns.putIfAbsent(names.get(i), i);
        }
    }

    /** A row; cells that are missing are as if they were empty. */
    final class Row {
        private final List<String> cells;

        private Row(String line) {
            cells = cells(line);
        }

        Optional<String> text(String column) {
            Integer index = columns.get(column);
            return index == null || index >= cells.size() || cells.get(index).isEmpty()
                    ? Optional.empty()
                    : Optional.of(cells.get(index));
        }

        /** The number; empty if there is none, or HAProxy says with a negative one that it does not know. */
        OptionalLong number(String column) {
            Optional<String> text = text(column).filter(NUMBER.asMatchPredicate());
            long value = text.map(Long::parseLong).orElse(-1L);
            return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }

    /** Empty if the answer is no such table. */
    static Optional<CsvTable> parse(String answer) {
        List<String> lines = answer.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty() || !lines.getFirst().startsWith("# ")) {
            return Optional.empty();
        }
        CsvTable table = new CsvTable(lines.getFirst().substring(2));
        lines.stream().skip(1).forEach(line -> table.rows.add(table.new Row(line)));
        return Optional.of(table);
    }

    List<Row> rows() {
        return rows;
    }

    /** Cells between commas; in quotes, a comma is none, and a doubled quote is one. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
