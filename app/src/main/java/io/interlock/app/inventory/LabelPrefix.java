package io.interlock.app.inventory;

import io.interlock.util.EditDistance;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The prefix of the labels that are for Interlock, and its misspellings. A label with a misspelt prefix is read only to find out
 * whether somebody relies on it.
 */
public final class LabelPrefix {

    /** What the names of labels begin with that are read. */
    public static final String INTERLOCK = "interlock.";

    private static final String NAME = "interlock";
    private static final int MAX_SLIPS = 2;

    /** No field has a longer name; longer labels are not compared with the prefix. */
    private static final int MAX_LENGTH = 200;

    /** A prefix, what separates it, and the rest. */
    private static final Pattern PARTS = Pattern.compile("\\s*([a-z]{7,11})[\\s._:/-]+(\\S.*)", Pattern.DOTALL);

    private LabelPrefix() {}

    /** Whether a label is for Interlock. */
    public static boolean isOf(String label) {
        return label.startsWith(INTERLOCK);
    }

    /** Whether a label is not for Interlock, but probably meant to be. */
    public static boolean isMisspelt(String label) {
        return !isOf(label) && !key(label).isEmpty();
    }

    /** What follows the prefix, in spite of a misspelling; empty if there is nothing like the prefix. */
    public static String key(String label) {
        if (isOf(label)) {
            return label.substring(INTERLOCK.length());
        }
        if (label.length() > MAX_LENGTH) {
            return "";
        }
        Matcher parts = PARTS.matcher(label.toLowerCase(Locale.ROOT));
        return parts.matches() && EditDistance.between(parts.group(1), NAME, MAX_SLIPS) <= MAX_SLIPS
                ? parts.group(2)
                : "";
    }
}
