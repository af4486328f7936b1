package io.interlock.app.config.ownership;

import io.interlock.api.topology.HostName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Index of the names in rules. The cost of a look-up depends on the number of labels of a name alone.
 *
 * @param owners the owners of each exact name, wildcard and {@code *}
 */
public record PatternIndex(Map<HostName, Set<OwnerId>> owners) {

    static PatternIndex of(Collection<OwnerRule> rules) {
        Map<HostName, Set<OwnerId>> owners = new HashMap<>();
        rules.forEach(rule -> rule.may()
                .names()
                .forEach(pattern ->
                        owners.computeIfAbsent(pattern, any -> new TreeSet<>()).add(rule.owner())));
        return new PatternIndex(owners);
    }

    /** Returns the owners with the narrowest pattern that covers a name or wildcard; empty if there is none. */
    Set<OwnerId> of(HostName name) {
        return covering(name).stream()
                .filter(owners::containsKey)
                .findFirst()
                .map(owners::get)
                .orElse(Set.of());
    }

    /** Returns the patterns that a name or wildcard is part of, the narrowest first. */
    public static List<HostName> covering(HostName name) {
        List<HostName> patterns = new ArrayList<>();
        if (!name.isAny()) {
            patterns.add(name);
            String domain = name.domain();
            for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
                patterns.add(new HostName("*" + domain.substring(dot)));
            }
        }
        patterns.add(HostName.ANY);
        return patterns;
    }
}
