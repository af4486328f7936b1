package io.interlock.util;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Differences between two sorted lists. The cost for elements that are the same object is minimal. */
public final class SortedDiff {

    private SortedDiff() {}

    /**
     * Element that differs between the lists.
     *
     * @param before empty if the element was added
     * @param after empty if the element was removed
     */
    public record Change<T>(Optional<T> before, Optional<T> after) {}

    /** Returns the differences in the order of the lists. */
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

    @SuppressWarnings("ReferenceEquality") // equality costs more, and is tested only if this fails
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
