package io.interlock.haproxy.quarantine;

import io.interlock.haproxy.model.DesiredConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parts in the order of suspicion, the least suspected first. */
final class BisectionOrder {

    private final DesiredConfig desired;
    private final List<ConfigPart> parts = new ArrayList<>();
    private final int trusted;

    /** Orders all parts of the configuration: first those that the trusted one contains unchanged. */
    BisectionOrder(DesiredConfig desired, DesiredConfig trusted) {
        this.desired = desired;
        PartContents now = new PartContents(desired);
        PartContents before = new PartContents(trusted);
        List<ConfigPart> suspected = new ArrayList<>();
        for (ConfigPart part : ConfigParts.of(desired)) {
            (before.hasSame(part, now) ? parts : suspected).add(part);
        }
        this.trusted = parts.size();
        parts.addAll(suspected);
    }

    int size() {
        return parts.size();
    }

    /** The configuration with only the first parts; a part whose backend is not among them is excluded too. */
    DesiredConfig first(int count) {
        Set<ConfigPart> left = new HashSet<>(ConfigParts.of(desired));
        parts.subList(0, count).forEach(left::remove);
        return ConfigParts.without(desired, left);
    }

    /** The index at which to divide: the end of the trusted parts, otherwise the middle. */
    int between(int low, int high) {
        return low < trusted && trusted < high ? trusted : (low + high) >>> 1;
    }

    /** Removes a part. A whole backend is removed together with its parts, none of which precedes it. */
    ConfigPart remove(int index) {
        ConfigPart removed = parts.remove(index);
        if (removed instanceof ConfigPart.WholeBackend(String backend)) {
            parts.removeIf(part -> part.backend().equals(backend));
        }
        return removed;
    }
}
