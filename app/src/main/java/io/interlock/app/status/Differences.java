package io.interlock.app.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What differs between two sorted lists. Elements that are the same object cost next to nothing. */
final class Differences {

    private Differences() {}

    /**
     * Something that is not in both lists alike.
     *
     * @param before empty: it is new
     * @param after empty: it is gone
     */
    record Pair<T>(Optional<T> before, Optional<T> after) {}

    /** In the order of the lists. */
    static <T extends Comparable<T>> List<Pair<T>> between(List<T> before, List<T> after) {
        List<Pair<T>> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && isSame(before.get(i), after.get(j))) {
                i++;
                j++;
                continue;
            }
            int order = i == before.size()
                    ? 1
                    : j == after.size() ? -1 : before.get(i).compareTo(after.get(j));
            Optional<T> old = order <= 0 ? Optional.of(before.get(i++)) : Optional.empty();
            Optional<T> now = order >= 0 ? Optional.of(after.get(j++)) : Optional.empty();
            if (!old.equals(now)) {
                pairs.add(new Pair<>(old, now));
            }
        }
        return pairs;
    }

    @SuppressWarnings("ReferenceEquality") // equality costs more; it is looked at when this fails
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
