package io.interlock.util;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Differences between two sorted lists without duplicates. Parts that are the same object cost almost nothing. */
public final class SortedDiff {

    private SortedDiff() {}

    /**
     * Element that differs between the lists.
     *
     * @param before empty: the element is new
     * @param after empty: the element is gone
     */
    public record Change<T>(Optional<T> before, Optional<T> after) {}

    /** Returns the differences in the order of the lists. */
    public static <T extends Comparable<T>> List<Change<T>> between(List<T> before, List<T> after) {
        int alike = alike(before, after);
        int alikeAtEnd = alikeAtEnd(before, after, alike);
        return between(
                before.subList(alike, before.size() - alikeAtEnd),
                after.subList(alike, after.size() - alikeAtEnd),
                new ArrayList<>());
    }

    private static <T extends Comparable<T>> List<Change<T>> between(
            List<T> before, List<T> after, List<Change<T>> changes) {
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

    /**
     * Returns the number of elements at the beginning of two lists that are the same objects. Comparing their arrays is the
     * fastest way.
     */
    public static int alike(List<?> one, List<?> other) {
        Object[] ones = one.toArray();
        Object[] others = other.toArray();
        int most = Math.min(ones.length, others.length);
        int alike = 0;
        while (alike < most && isSame(ones[alike], others[alike])) {
            alike++;
        }
        return alike;
    }

    /**
     * Returns the number of elements at the end of two lists that are the same objects.
     *
     * @param without number of elements at the beginning that are excluded
     */
    public static int alikeAtEnd(List<?> one, List<?> other, int without) {
        Object[] ones = one.toArray();
        Object[] others = other.toArray();
        int most = Math.min(ones.length, others.length) - without;
        int alike = 0;
        while (alike < most && isSame(ones[ones.length - 1 - alike], others[others.length - 1 - alike])) {
            alike++;
        }
        return alike;
    }

    @SuppressWarnings("ReferenceEquality") // equality costs more, and is tested only if this fails
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
