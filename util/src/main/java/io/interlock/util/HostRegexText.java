package io.interlock.util;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites regular expressions of other proxies for host names into the form that Interlock understands, as far as that goes. */
public final class HostRegexText {

    private static final String CHARACTER = "[a-z0-9_.-]";
    private static final Pattern BELOW = Pattern.compile(
            "\\^?(?:\\.\\+|\\.\\*|\\[a-z0-9_.-]\\+|\\((?:\\.\\+|\\.\\*)\\))\\\\\\.((?:[a-z0-9_-]+\\\\\\.)*[a-z0-9_-]+)\\$?");
    private static final int MAX_LENGTH = 1_000;

    private HostRegexText() {}

    /**
     * Returns the name that a container asks for: {@code *.example.com}, or an expression after {@code ~}.
     *
     * @param regex as the other proxy has it; it may match any part of the name
     * @throws IllegalArgumentException if it is too long; whether the result is valid must be checked otherwise
     */
    public static String of(String regex) {
        if (regex.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
        }
        String lower = regex.replace("(?i)", "").replace("(?:", "(").toLowerCase(Locale.ROOT);
        Matcher below = BELOW.matcher(lower);
        if (below.matches() && lower.endsWith("$")) {
            return "*." + below.group(1).replace("\\.", ".");
        }
        boolean starts = lower.startsWith("^");
        boolean ends = lower.endsWith("$") && !lower.endsWith("\\$");
        String body = lower.substring(starts ? 1 : 0, lower.length() - (ends ? 1 : 0));
        return "~^" + (starts ? "" : CHARACTER + "*") + rewritten(body) + (ends ? "" : CHARACTER + "*") + "$";
    }

    private static String rewritten(String body) {
        StringBuilder text = new StringBuilder();
        boolean inSet = false;
        for (int i = 0; i < body.length(); i++) {
            char character = body.charAt(i);
            if (character == '\\' && i + 1 < body.length()) {
                char escaped = body.charAt(++i);
                text.append(
                        switch (escaped) {
                            case 'd' -> inSet ? "0-9" : "[0-9]";
                            case 'w' -> inSet ? "a-z0-9_" : "[a-z0-9_]";
                            case '-' -> "-";
                            default -> "\\" + escaped;
                        });
            } else if (character == '.' && !inSet) {
                text.append(CHARACTER);
            } else {
                inSet = (inSet || character == '[') && character != ']';
                text.append(character);
            }
        }
        return text.toString();
    }
}
