package io.interlock.haproxy.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The backends that are declared before anybody wants them. */
public final class SpareBackends {

    /** No wanted backend's name has a dot. */
    private static final String PREFIX = "interlock.spare-";

    private static final int SHARE_PERCENT = 12;
    private static final int PERCENT = 100;

    private SpareBackends() {}

    /**
     * The names of the spare backends to declare.
     *
     * @param least how many at least; 0: none at all
     * @param backends how many backends there are: with more of them, more come at a time
     */
    public static List<String> names(int least, int backends) {
        int count = least == 0 ? 0 : Math.max(least, backends * SHARE_PERCENT / PERCENT);
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%s%04d", PREFIX, i))
                .toList();
    }

    static boolean isSpare(String place) {
        return place.startsWith(PREFIX);
    }
}
