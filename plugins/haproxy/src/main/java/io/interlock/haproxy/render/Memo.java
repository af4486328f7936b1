package io.interlock.haproxy.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes something of each element of a sorted list, and does not make it again as long as the element is in the list.
 * Confined to one thread.
 */
final class Memo<S extends Comparable<S>, R> {

    private final Function<S, R> make;
    private List<S> sources = List.of();
    private List<R> results = List.of();

    Memo(Function<S, R> make) {
        this.make = make;
    }

    List<R> of(List<S> wanted) {
        List<R> made = new ArrayList<>(wanted.size());
        int known = 0;
        for (S source : wanted) {
            while (known < sources.size()
                    && !isSame(sources.get(known), source)
                    && sources.get(known).compareTo(source) < 0) {
                known++;
            }
            boolean reuse = known < sources.size()
                    && (isSame(sources.get(known), source) || sources.get(known).equals(source));
            made.add(reuse ? results.get(known) : make.apply(source));
        }
        sources = wanted;
        results = made;
        return made;
    }

    @SuppressWarnings("ReferenceEquality") // equality costs more; it is looked at when this fails
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }
}
