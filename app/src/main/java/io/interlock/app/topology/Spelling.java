package io.interlock.app.topology;

import io.interlock.util.EditDistance;
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
        return EditDistance.between(plain, meant) <= Math.max(1, meant.length() / 3);
    }
}
