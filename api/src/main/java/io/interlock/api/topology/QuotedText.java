package io.interlock.api.topology;

/** Shows an untrusted value in a message: on one line, bounded, without characters that a terminal would obey. */
final class QuotedText {

    private static final int SHOWN = 80;

    private QuotedText() {}

    static String quoted(String value) {
        StringBuilder shown = new StringBuilder("\"");
        value.codePoints().limit(SHOWN).forEach(c -> shown.appendCodePoint(isHarmless(c) ? c : '\uFFFD'));
        return shown.append(value.codePointCount(0, value.length()) > SHOWN ? "…\"" : "\"")
                .toString();
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
