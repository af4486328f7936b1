package io.interlock.app.config.problem;

import java.util.Comparator;

/**
 * Position in a text.
 *
 * @param line from 1
 * @param column in characters, from 1
 */
public record TextPosition(int line, int column) implements Comparable<TextPosition> {

    private static final Comparator<TextPosition> ORDER =
            Comparator.comparingInt(TextPosition::line).thenComparingInt(TextPosition::column);

    @Override
    public int compareTo(TextPosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
