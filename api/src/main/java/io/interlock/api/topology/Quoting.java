package io.interlock.api.topology;

/** Shows an untrusted value in a message: on one line, bounded, without control characters. */
final class Quoting {

    private static final int SHOWN = 80;

    private Quoting() {}

    static String quoted(String value) {
        StringBuilder shown = new StringBuilder("\"");
        value.codePoints()
                .limit(SHOWN)
                .forEach(c -> shown.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c));
        return shown.append(value.codePointCount(0, value.length()) > SHOWN ? "…\"" : "\"")
                .toString();
    }
}
