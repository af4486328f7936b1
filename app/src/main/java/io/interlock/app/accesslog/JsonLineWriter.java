package io.interlock.app.accesslog;

import java.util.Map;

/**
 * Writer of one JSON object on one line. Text may contain anything: what could end the line, the text or the terminal's
 * mode is escaped. Confined to one thread.
 */
final class JsonLineWriter {

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final int LAST_CONTROL = 0x1f;
    private static final int DELETE = 0x7f;
    private static final int LAST_C1_CONTROL = 0x9f;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private final StringBuilder line = new StringBuilder(512).append('{');

    JsonLineWriter text(String key, String value) {
        key(key);
        quoted(value);
        return this;
    }

    /** Adds a value that is JSON already. */
    JsonLineWriter raw(String key, String value) {
        key(key);
        line.append(value);
        return this;
    }

    JsonLineWriter texts(String key, Map<String, String> values) {
        key(key);
        char before = '{';
        for (Map.Entry<String, String> value : values.entrySet()) {
            line.append(before);
            quoted(value.getKey());
            line.append(':');
            quoted(value.getValue());
            before = ',';
        }
        line.append(values.isEmpty() ? "{}" : "}");
        return this;
    }

    String end() {
        return line.append('}').toString();
    }

    private void key(String key) {
        if (line.length() > 1) {
            line.append(',');
        }
        line.append('"').append(key).append("\":");
    }

    private void quoted(String value) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (mustEscape(c)) {
                line.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    line.append(HEX[c >> shift & 0xf]);
                }
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    /** A surrogate without its other half cannot be written as UTF-8, so that all surrogates are escaped. */
    private static boolean mustEscape(char c) {
        return c <= LAST_CONTROL
                || (c >= DELETE && c <= LAST_C1_CONTROL)
                || c == LINE_SEPARATOR
                || c == PARAGRAPH_SEPARATOR
                || Character.isSurrogate(c);
    }
}
