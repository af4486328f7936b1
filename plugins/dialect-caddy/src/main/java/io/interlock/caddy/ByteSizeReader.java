package io.interlock.caddy;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes such as {@code 10MB}, which is ten million bytes, and {@code 10MiB}. */
final class ByteSizeReader {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)\\s*([kmgt]?)(i?)b?");
    private static final int DECIMAL = 1_000;
    private static final int BINARY = 1_024;

    private ByteSizeReader() {}

    static Optional<String> bytes(String text) {
        Matcher match = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return Optional.empty();
        }
        int unit = "kmgt".indexOf(match.group(2)) + (match.group(2).isEmpty() ? 0 : 1);
        BigDecimal base = BigDecimal.valueOf(match.group(3).isEmpty() ? DECIMAL : BINARY);
        return Optional.of(new BigDecimal(match.group(1))
                .multiply(base.pow(unit))
                .toBigInteger()
                .toString());
    }
}
