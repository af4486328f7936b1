package io.interlock.api.topology;

/** Formats an untrusted value for a message: on one line, bounded, without control characters for terminals. */
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
