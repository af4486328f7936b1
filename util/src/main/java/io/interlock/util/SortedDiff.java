package io.interlock.util;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Differences between two sorted lists. Elements that are the same object cost next to nothing. */
public final class SortedDiff {

    private SortedDiff() {}

    /**
     * An element that is not alike in both lists.
     *
     * @param before empty: it is new
     * @param after empty: it is gone
     */
    public record Change<T>(Optional<T> before, Optional<T> after) {}

    /** The differences in the order of the lists. */
    public static <T extends Comparable<T>> List<Change<T>> between(List<T> before, List<T> after) {
        List<Change<T>> changes = new ArrayList<>();
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
                changes.add(new Change<>(old, now));
            }
        }
        return changes;
    }

    @SuppressWarnings("ReferenceEquality") // equality costs more; it is looked at when this fails
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
