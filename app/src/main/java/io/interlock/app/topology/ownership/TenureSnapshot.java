package io.interlock.app.topology.ownership;

import io.interlock.app.topology.grouping.ClaimedName;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose each name is.
 *
 * @param rules fingerprint of the rules by which owners were found; owners by other rules say nothing
 * @param names by name
 * @param changed names that differ from the previous snapshot
 */
public record TenureSnapshot(String rules, Map<ClaimedName, TenureRecord> names, Set<ClaimedName> changed) {

    public static final TenureSnapshot NONE = new TenureSnapshot("", Map.of(), Set.of());

    public TenureSnapshot {
        changed = Set.copyOf(changed);
    }

    /** Whether names belong to the same owners, whatever changed before. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TenureSnapshot(String itsRules, Map<ClaimedName, TenureRecord> itsNames, var any)
                && rules.equals(itsRules)
                && names.equals(itsNames);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }
}
