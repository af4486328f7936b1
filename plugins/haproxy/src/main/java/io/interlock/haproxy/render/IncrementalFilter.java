package io.interlock.haproxy.render;

import io.interlock.haproxy.plan.SortedChanges;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The few elements of long sorted lists that something is true of. From one list to the next only what differs is looked at.
 * Confined to one thread.
 */
public final class IncrementalFilter<T extends Comparable<T>> {

    private final Predicate<T> wanted;
    private final TreeMap<T, T> selected = new TreeMap<>();
    private List<T> last = List.of();

    /**
     * @param wanted depends on the element alone
     */
    public IncrementalFilter(Predicate<T> wanted) {
        this.wanted = wanted;
    }

    /**
     * Those of this list, sorted; valid until the next call.
     *
     * @param all immutable
     */
    public Collection<T> of(List<T> all) {
        for (SortedChanges.Change<T> change : SortedChanges.between(last, all)) {
            change.before().ifPresent(selected::remove);
            change.after().filter(wanted).ifPresent(element -> selected.put(element, element));
        }
        last = all;
        return selected.values();
    }
}
