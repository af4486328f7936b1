package io.interlock.haproxy.render;

import io.interlock.util.SortedDiff;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Filter for the few elements of long sorted lists that satisfy a predicate. It evaluates only the differences from the
 * previous list. Confined to one thread.
 */
public final class IncrementalFilter<T extends Comparable<T>> {

    private final Predicate<T> desired;
    private final TreeMap<T, T> selected = new TreeMap<>();
    private List<T> last = List.of();

    /**
     * @param desired depends on the element alone
     */
    public IncrementalFilter(Predicate<T> desired) {
        this.desired = desired;
    }

    /**
     * The matching elements of the list, sorted; valid until the next call.
     *
     * @param all immutable
     */
    public Collection<T> of(List<T> all) {
        for (SortedDiff.Change<T> change : SortedDiff.between(last, all)) {
            change.before().ifPresent(selected::remove);
            change.after().filter(desired).ifPresent(element -> selected.put(element, element));
        }
        last = all;
        return selected.values();
    }
}
