package io.interlock.app.topology.field;

import java.util.Arrays;
import java.util.List;

/** Text as words between blanks and tabs; a line break is part of a word, so that grammars see and refuse it. */
public final class Tokens {

    private Tokens() {}

    public static List<String> of(String text) {
        return Arrays.stream(text.split("[ \t]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    public static String join(List<String> words) {
        return String.join(" ", words);
    }

    /** The words without the first if that is a certain one. */
    public static List<String> withoutPrefix(String prefix, List<String> words) {
        return !words.isEmpty() && words.getFirst().equals(prefix) ? words.subList(1, words.size()) : words;
    }
}
