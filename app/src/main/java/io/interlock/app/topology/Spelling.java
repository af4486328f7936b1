package io.interlock.app.topology;

import java.util.Locale;

/** Tells a slip of the keyboard from another word. */
final class Spelling {

    private static final int MAX_LENGTH = 40;

    private Spelling() {}

    /** Whether few enough letters differ, one for every three. */
    static boolean isClose(String written, String meant) {
        if (written.length() > MAX_LENGTH) {
            return false;
        }
        String plain = written.toLowerCase(Locale.ROOT).replace('-', '_');
        return distance(plain, meant) <= Math.max(1, meant.length() / 3);
    }

    /** Levenshtein's: letters added, dropped or replaced. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
