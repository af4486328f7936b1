package io.interlock.app.config.ownership;

import io.interlock.api.topology.HostName;
import io.interlock.app.config.ContainerPolicy.PortRange;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the containers of a rule may ask for.
 *
 * @param names exact names; wildcards, for all names below their domains; {@link HostName#ANY} for all names
 * @param expressions whether regular expressions are allowed, as far as all that they match is part of the names
 * @param paths paths with everything below them; empty: all
 * @param ports ports for TCP, within those that the operator allows for all
 * @param forDefault whether they may get the requests for names that no other container has
 * @param fields names of the only allowed fields; empty: all
 * @param without names of fields that are not allowed
 * @param most limits for the owner
 */
public record OwnerGrant(
        Set<HostName> names,
        boolean expressions,
        Optional<List<String>> paths,
        Optional<PortRange> ports,
        boolean forDefault,
        Optional<Set<String>> fields,
        Set<String> without,
        OwnerLimits most) {

    /** Grant that allows nothing. */
    public static final OwnerGrant NOTHING = new OwnerGrant(
            Set.of(), false, Optional.empty(), Optional.empty(), false, Optional.empty(), Set.of(), OwnerLimits.NONE);

    public OwnerGrant {
        names = sorted(names);
        paths = paths.map(List::copyOf);
        fields = fields.map(OwnerGrant::sorted);
        without = sorted(without);
    }

    /** The text of a rule must not depend on the process. */
    private static <T extends Comparable<T>> Set<T> sorted(Set<T> set) {
        return Collections.unmodifiableSet(new TreeSet<>(set));
    }

    /** Whether a host name is part of the names. */
    boolean allowsName(HostName claimed) {
        if (claimed.isAny()) {
            return forDefault;
        }
        if (claimed.isExpression()) {
            return expressions && names.stream().anyMatch(pattern -> matchesWithin(claimed, pattern));
        }
        return PatternIndex.covering(claimed).stream().anyMatch(names::contains);
    }

    private static boolean matchesWithin(HostName expression, HostName granted) {
        return granted.isAny()
                || (granted.isWildcard() && literalEnd(expression.expression()).endsWith("." + granted.domain()));
    }

    /** Returns the end of the expression that every match has. */
    private static String literalEnd(String expression) {
        int end = expression.endsWith("$") ? expression.length() - 1 : expression.length();
        StringBuilder literal = new StringBuilder();
        for (int at = end - 1; at >= 0; at--) {
            char c = expression.charAt(at);
            boolean isEscapedDot = c == '.' && at > 0 && expression.charAt(at - 1) == '\\';
            if (!isEscapedDot && !Character.isLetterOrDigit(c) && c != '-' && c != '_') {
                break;
            }
            literal.insert(0, c);
            at -= isEscapedDot ? 1 : 0;
        }
        return literal.toString();
    }

    public boolean allowsPath(String path) {
        return paths.isEmpty()
                || paths.get().stream()
                        .anyMatch(allowed ->
                                allowed.equals("/") || path.equals(allowed) || path.startsWith(allowed + "/"));
    }

    public boolean allowsPort(int port) {
        return ports.filter(range -> range.contains(port)).isPresent();
    }

    /**
     * @param namesOfField the current name of a field, and all others that are read
     */
    public boolean allowsField(Collection<String> namesOfField) {
        return fields.map(allowed -> namesOfField.stream().anyMatch(allowed::contains))
                        .orElse(true)
                && namesOfField.stream().noneMatch(without::contains);
    }
}
