package io.interlock.app.topology.field;

import java.util.Arrays;
import java.util.List;

/**
 * Splits text into words at blanks and tabs. A line break stays part of a word, so that the grammar of the word rejects
 * it.
 */
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

    /** Returns the words without the first one if that equals the prefix. */
    public static List<String> withoutPrefix(String prefix, List<String> words) {
        return !words.isEmpty() && words.getFirst().equals(prefix) ? words.subList(1, words.size()) : words;
    }
}
