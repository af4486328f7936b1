package io.interlock.app.config.ownership;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in which each {@code *} stands for any characters. Matching takes time in proportion to the length of the text.
 *
 * @param text at least one character
 */
public record TextPattern(String text) {

    private static final char ANY = '*';

    /** Whether a whole text matches. */
    public boolean matches(String other) {
        List<String> parts = parts();
        String first = parts.getFirst();
        if (parts.size() == 1) {
            return other.equals(first);
        }
        String last = parts.getLast();
        if (other.length() < first.length() + last.length() || !other.startsWith(first) || !other.endsWith(last)) {
            return false;
        }
        int at = first.length();
        int end = other.length() - last.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = other.indexOf(part, at);
            if (found < 0 || found + part.length() > end) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }

    /** Returns what stands before, between and after the stars. */
    private List<String> parts() {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int star = text.indexOf(ANY); star >= 0; star = text.indexOf(ANY, from)) {
            parts.add(text.substring(from, star));
            from = star + 1;
        }
        parts.add(text.substring(from));
        return parts;
    }
}
