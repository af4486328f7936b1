package io.interlock.haproxy.render;

import io.interlock.util.SortedDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Maps the elements of a sorted list, and reuses the result for an element as long as the element is in the list.
 * Confined to one thread.
 */
final class IncrementalMap<S extends Comparable<S>, R> {

    private final Function<S, R> make;
    private List<S> sources = List.of();
    private List<R> results = List.of();

    IncrementalMap(Function<S, R> make) {
        this.make = make;
    }

    /**
     * @param desired immutable
     */
    List<R> of(List<S> desired) {
        int alike = SortedDiff.alike(sources, desired);
        int alikeAtEnd = SortedDiff.alikeAtEnd(sources, desired, alike);
        List<R> made = new ArrayList<>(desired.size());
        made.addAll(results.subList(0, alike));
        int known = alike;
        for (S source : desired.subList(alike, desired.size() - alikeAtEnd)) {
            while (known < sources.size() && sources.get(known).compareTo(source) < 0) {
                known++;
            }
            boolean reuse = known < sources.size() && sources.get(known).equals(source);
            made.add(reuse ? results.get(known) : make.apply(source));
        }
        made.addAll(results.subList(results.size() - alikeAtEnd, results.size()));
        sources = desired;
        results = made;
        return made;
    }
}
