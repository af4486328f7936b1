package io.interlock.app.topology;

/** Shows an untrusted value in a message: on one line, bounded, without characters that a terminal would obey. */
public final class Printable {

    private static final int SHOWN = 80;

    private Printable() {}

    /** The value, fit to be shown. */
    public static String of(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints().limit(SHOWN).forEach(c -> append(shown, c));
        if (value.codePoints().skip(SHOWN).findAny().isPresent()) {
            shown.append('…');
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> shown.appendCodePoint(isHarmless(c) ? c : '\uFFFD');
        }
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
