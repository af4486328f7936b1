package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.plan.Wanted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parts in the order in which they are suspected, the least first. */
final class Suspects {

    private final Wanted wanted;
    private final List<Part> parts = new ArrayList<>();
    private final int trusted;

    /** All parts of what is wanted: first those that are in what is trusted just so. */
    Suspects(Wanted wanted, Wanted trusted) {
        this.wanted = wanted;
        Contents now = new Contents(wanted);
        Contents before = new Contents(trusted);
        List<Part> suspected = new ArrayList<>();
        for (Part part : Parts.of(wanted)) {
            (before.hasSame(part, now) ? parts : suspected).add(part);
        }
        this.trusted = parts.size();
        parts.addAll(suspected);
    }

    int size() {
        return parts.size();
    }

    /** What is wanted, of the first so many parts only; a part whose backend is not among them is not in there either. */
    Wanted first(int count) {
        Set<Part> left = new HashSet<>(Parts.of(wanted));
        parts.subList(0, count).forEach(left::remove);
        return Parts.without(wanted, left);
    }

    /** Where to divide: where trust ends, else in the middle. */
    int between(int low, int high) {
        return low < trusted && trusted < high ? trusted : (low + high) >>> 1;
    }

    /** Takes a part out, a backend with all that it has; none of them is among the first so many but the backends before. */
    Part remove(int index) {
        Part removed = parts.remove(index);
        if (removed instanceof Part.Whole(String backend)) {
            parts.removeIf(part -> part.backend().equals(backend));
        }
        return removed;
    }
}
