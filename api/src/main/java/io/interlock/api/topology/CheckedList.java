package io.interlock.api.topology;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Function;

/**
 * Immutable list, sorted and without duplicates, that was checked together with another list.
 *
 * @param <E> type of the elements
 */
final class CheckedList<E> extends AbstractList<E> implements RandomAccess {

    private final Object[] elements;
    private final Object together;

    private CheckedList(Object[] elements, Object together) {
        this.elements = elements;
        this.together = together;
    }

    /** Whether two lists were checked together. */
    @SuppressWarnings("ReferenceEquality") // the object stands only for its identity
    static boolean together(List<?> one, List<?> other) {
        return one instanceof CheckedList<?> first
                && other instanceof CheckedList<?> second
                && first.together == second.together;
    }

    /** Mutable predecessor of such lists, sorted by keys. */
    static final class Draft<E, K extends Comparable<K>> {
        private final Function<E, K> key;
        private final List<E> elements = new ArrayList<>();

        Draft(Function<E, K> key) {
            this.key = key;
        }

        boolean contains(K desired) {
            return find(desired) >= 0;
        }

        /** @throws IllegalArgumentException if an element has the same key */
        void add(E element) {
            int found = find(key.apply(element));
            if (found >= 0) {
                throw new IllegalArgumentException("is there already: " + key.apply(element));
            }
            elements.add(-found - 1, element);
        }

        /** @throws IllegalArgumentException if the element is missing */
        void remove(E element) {
            int found = find(key.apply(element));
            if (found < 0 || !elements.get(found).equals(element)) {
                throw new IllegalArgumentException("is not there: " + key.apply(element));
            }
            elements.remove(found);
        }

        CheckedList<E> list(Object together) {
            return new CheckedList<>(elements.toArray(), together);
        }

        private int find(K desired) {
            int low = 0;
            int high = elements.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = key.apply(elements.get(middle)).compareTo(desired);
                if (order == 0) {
                    return middle;
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return -low - 1;
        }
    }

    @Override
    @SuppressWarnings("unchecked") // only elements of E are added
    public E get(int index) {
        return (E) elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(elements, elements.length, Object[].class);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckedList<?> list ? Arrays.equals(elements, list.elements) : super.equals(other);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }
}
