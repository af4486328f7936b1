package io.interlock.util;

/** Optimal string alignment distance: number of insertions, deletions, replacements and swapsof adjacent characters. */
public final class EditDistance {

    private EditDistance() {}

    /** Returns the distance of two texts. The time grows with the product of both lengths. */
    public static int between(String a, String b) {
        return between(a, b, Integer.MAX_VALUE - 1);
    }

    /**
     * Returns the distance up to a limit, or any number above the limit if the distance is higher; ends early in that
     * case.
     */
    public static int between(String a, String b, int limit) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        int lowestOfLast = 0;
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            int lowest = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
                lowest = Math.min(lowest, row[j]);
            }
            if (Math.min(lowest, lowestOfLast) > limit) {
                return limit + 1;
            }
            lowestOfLast = lowest;
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
