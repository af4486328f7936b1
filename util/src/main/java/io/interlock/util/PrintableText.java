package io.interlock.util;

import java.util.Locale;
import java.util.regex.Pattern;

/** Converter of untrusted text for logs, messages and terminals: on one line, without control characters. */
public final class PrintableText {

    private static final int SHOWN = 80;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    private PrintableText() {}

    /**
     * Returns at most 80 characters of a text, then an ellipsis; line ends and tabs as escapes, other controls as
     * U+FFFD.
     */
    public static String of(String text) {
        return line(shortened(text, SHOWN));
    }

    /** Returns a whole text; line ends and tabs as escapes, other controls as U+FFFD. */
    public static String line(String text) {
        return replaced(text, false);
    }

    /**
     * Returns a whole text; line ends and tabs as escapes, other controls as <code>&#92;u</code> and four hexadecimal
     * digits.
     */
    public static String escaped(String text) {
        return replaced(text, true);
    }

    /** Returns a whole text; runs of controls, including line ends, become one blank, and none at either end. */
    public static String flat(String text) {
        return CONTROLS.matcher(text).replaceAll(" ").strip();
    }

    /** Returns the first characters of a text, and an ellipsis if there are more. Counts code points. */
    public static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }

    private static String replaced(String text, boolean escape) {
        if (text.codePoints().allMatch(PrintableText::isHarmless)) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (isHarmless(c)) {
                        shown.appendCodePoint(c);
                    } else {
                        shown.append(escape ? String.format(Locale.ROOT, "\\u%04x", c) : "\uFFFD");
                    }
                }
            }
        });
        return shown.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
