package io.interlock.haproxy.stats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Table of {@code show stat}. Its first line names the columns, of which every version of HAProxy has more. With
 * thousands of servers an answer has millions of cells, of which few are read, so a cell is copied only when it is
 * read.
 */
final class CsvTable {

    private static final OptionalLong ZERO = OptionalLong.of(0);
    private static final int MOST_DIGITS = 18;
    private static final int DECIMAL = 10;

    private final String answer;
    private final int firstRow;
    private final Map<String, Integer> columns = new HashMap<>();

    private CsvTable(String answer) {
        this.answer = answer;
        Row header = new Row();
        this.firstRow = header.read(2);
        for (int i = 0; i < header.count; i++) {
            columns.putIfAbsent(header.cell(i), i);
        }
    }

    /** Reads the head of the table; empty if the answer is not such a table. */
    static Optional<CsvTable> parse(String answer) {
        return answer.startsWith("# ") ? Optional.of(new CsvTable(answer)) : Optional.empty();
    }

    /**
     * Passes all rows to the reader, one after the other.
     *
     * @param reader gets the same object each time, and must not keep it
     */
    void forEach(Consumer<Row> reader) {
        Row row = new Row();
        int next = firstRow;
        while (next < answer.length()) {
            next = row.read(next);
            if (!row.isBlank()) {
                reader.accept(row);
            }
        }
    }

    /** Row of the table. Missing cells count as empty. */
    final class Row {
        private int[] begins = new int[128];
        private int[] ends = new int[128];
        private int count;

        /** Reads the line that starts at the position, and returns the start of the next one. */
        private int read(int from) {
            count = 0;
            int begin = from;
            boolean quoted = false;
            int i = from;
            for (; i < answer.length() && answer.charAt(i) != '\n'; i++) {
                char c = answer.charAt(i);
                if (c == '"') {
                    // A doubled quote ends the quoted text and starts it again.
                    quoted = !quoted;
                } else if (c == ',' && !quoted) {
                    add(begin, i);
                    begin = i + 1;
                }
            }
            add(begin, i > begin && answer.charAt(i - 1) == '\r' ? i - 1 : i);
            return i + 1;
        }

        private void add(int begin, int end) {
            if (count == begins.length) {
                begins = Arrays.copyOf(begins, count * 2);
                ends = Arrays.copyOf(ends, count * 2);
            }
            begins[count] = begin;
            ends[count] = end;
            count++;
        }

        private boolean isBlank() {
            return count == 1 && answer.substring(begins[0], ends[0]).isBlank();
        }

        private String cell(int index) {
            String raw = answer.substring(begins[index], ends[index]);
            boolean quoted = raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"");
            return quoted ? raw.substring(1, raw.length() - 1).replace("\"\"", "\"") : raw;
        }

        private int index(String column) {
            Integer index = columns.get(column);
            return index == null || index >= count || begins[index] == ends[index] ? -1 : index;
        }

        Optional<String> text(String column) {
            int index = index(column);
            return index < 0 ? Optional.empty() : Optional.of(cell(index)).filter(text -> !text.isEmpty());
        }

        /**
         * The number; empty if there is none, or if it is negative, which is HAProxy's notation for an unknown value.
         */
        OptionalLong number(String column) {
            int index = index(column);
            if (index < 0 || ends[index] - begins[index] > MOST_DIGITS) {
                return OptionalLong.empty();
            }
            long value = 0;
            for (int i = begins[index]; i < ends[index]; i++) {
                int digit = answer.charAt(i) - '0';
                if (digit < 0 || digit >= DECIMAL) {
                    return OptionalLong.empty();
                }
                value = value * DECIMAL + digit;
            }
            // Most counts of most servers are zero.
            return value == 0 ? ZERO : OptionalLong.of(value);
        }
    }
}
