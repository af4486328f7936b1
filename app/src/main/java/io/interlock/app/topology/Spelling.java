package io.interlock.app.topology;

import java.util.Locale;

/** Tells a slip of the keyboard from another word. */
public final class Spelling {

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

    /** How many letters were added, dropped, replaced, or exchanged with their neighbour. */
    public static int distance(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                int shifted = 1 + Math.min(distance[i - 1][j], distance[i][j - 1]);
                distance[i][j] = Math.min(replaced, shifted);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
                }
            }
        }
        return distance[a.length()][b.length()];
    }
}
