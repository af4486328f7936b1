package io.interlock.util;

/** Numbers with what they count, in words: {@code 1 container}, {@code 2 containers}. */
public final class CountText {

    private CountText() {}

    /** A number of things whose plural ends in s. */
    public static String of(long count, String singular) {
        return of(count, singular, singular + "s");
    }

    /** A number of things, or of things and their verb: {@code of(2, "container runs", "containers run")}. */
    public static String of(long count, String singular, String plural) {
        return count + " " + (count == 1 ? singular : plural);
    }
}
