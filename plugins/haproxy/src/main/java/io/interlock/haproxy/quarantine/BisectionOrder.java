package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.DesiredConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parts in the order in which they are suspected, the least first. */
final class BisectionOrder {

    private final DesiredConfig wanted;
    private final List<ConfigPart> parts = new ArrayList<>();
    private final int trusted;

    /** All parts of what is wanted: first those that are in what is trusted just so. */
    BisectionOrder(DesiredConfig wanted, DesiredConfig trusted) {
        this.wanted = wanted;
        PartContents now = new PartContents(wanted);
        PartContents before = new PartContents(trusted);
        List<ConfigPart> suspected = new ArrayList<>();
        for (ConfigPart part : ConfigParts.of(wanted)) {
            (before.hasSame(part, now) ? parts : suspected).add(part);
        }
        this.trusted = parts.size();
        parts.addAll(suspected);
    }

    int size() {
        return parts.size();
    }

    /** What is wanted, of the first so many parts only; a part whose backend is not among them is not in there either. */
    DesiredConfig first(int count) {
        Set<ConfigPart> left = new HashSet<>(ConfigParts.of(wanted));
        parts.subList(0, count).forEach(left::remove);
        return ConfigParts.without(wanted, left);
    }

    /** Where to divide: where trust ends, else in the middle. */
    int between(int low, int high) {
        return low < trusted && trusted < high ? trusted : (low + high) >>> 1;
    }

    /** Takes a part out, a backend with all that it has; none of them is among the first so many but the backends before. */
    ConfigPart remove(int index) {
        ConfigPart removed = parts.remove(index);
        if (removed instanceof ConfigPart.WholeBackend(String backend)) {
            parts.removeIf(part -> part.backend().equals(backend));
        }
        return removed;
    }
}
